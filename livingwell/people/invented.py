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


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody made up: the name they are signed in under, and the role they hold for the network."""

    slug: str
    name: str
    role: Role
    does: str | Promise

    @property
    def pk(self) -> UUID:
        return uuid5(FAMILY, self.slug)

    @property
    def email(self) -> str:
        return f"{self.slug}@invented.example"


INVENTED: Final = (
    Invented("editor", "Edna Ferris", Role.EDITOR, _("keeps the directory right")),
    Invented("volunteer", "Winston Opal", Role.VERIFIER, _("rings places to hear whether all is still so")),
)
