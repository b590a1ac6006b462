"""The people of the demonstration whom one can sign in as with one press. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from livingwell.people.models import Role

if TYPE_CHECKING:
    from django.utils.functional import Promise

FAMILY: Final = UUID("6d1f1c3e-2a83-4e0e-9f0c-6f2f6f0a7a10")


LANDS: Final = {
    None: "my-page",
    Role.LINK_WORKER: "linkwork:today",
    Role.CLINICIAN: "linkwork:today",
    Role.PRIVACY_LEAD: "consent:owed",
    Role.EDITOR: "keeping:front",
    Role.VERIFIER: "keeping:front",
}
"""Where somebody comes to when they are signed in with one press, by their role: the name of an address."""


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody made up: the name they are signed in under, and the role they hold, if they hold one.

    `works_at`: the invented organization for which they hold it; empty for the network.
    `begins_at`: where they land, if elsewhere than others in their role.
    """

    slug: str
    name: str
    role: Role | None
    does: str | Promise
    works_at: str = ""
    begins_at: str = ""

    @property
    def pk(self) -> UUID:
        return uuid5(FAMILY, self.slug)

    @property
    def email(self) -> str:
        return f"{self.slug}@invented.example"

    @property
    def lands(self) -> str:
        """The name of the address at which they begin."""
        return self.begins_at or LANDS[self.role]


WITH_A_PAGE: Final = (
    Invented("lloyd", "Lloyd", None, _("wants to coach football, and a say about his tablets")),
    Invented("mary", "Mary", None, _("wants to stay in her flat, and get to her plot more often")),
    Invented("magda", "Magda", None, _("lost her mum this year, and used to sing")),
    Invented("george", "George", None, _("mends bicycles, and wants no fixing himself")),
    Invented(
        "sara",
        "Sara",
        None,
        _("is there for Magda, and sees what Magda lets her see"),
        begins_at="circles-open:sharing",
    ),
)
AT_WORK: Final = (
    Invented(
        "ama", "Ama Birch", Role.LINK_WORKER, _("link worker; walks with Mary and Magda"), "Common Ground"
    ),
    Invented(
        "dev", "Dev Marlow", Role.LINK_WORKER, _("link worker; walks with Lloyd and George"), "Common Ground"
    ),
    Invented("gp", "Dr Noor Hale", Role.CLINICIAN, _("GP at an invented surgery"), "Larkfield Surgery"),
    Invented(
        "privacy-lead", "Odile Marsh", Role.PRIVACY_LEAD, _("answers whoever asks why their page was opened")
    ),
    Invented("editor", "Edna Ferris", Role.EDITOR, _("keeps the directory right")),
    Invented("volunteer", "Winston Opal", Role.VERIFIER, _("rings places to hear whether all is still so")),
)
INVENTED: Final = (*WITH_A_PAGE, *AT_WORK)
TRY_AS: Final = ((_("Somebody with a page"), WITH_A_PAGE), (_("Somebody at work"), AT_WORK))
"""All of them as they are offered: under which heading."""
