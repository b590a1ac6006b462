"""The PRSB's social prescribing messages: the referral, and the message back to the GP and whoever referred.

One table says which of our facts stands under which heading; a change of a heading is a change of this table. Owned by
NHS England since 2026 (Social Prescribing Information Standard v1.1, OGL v3.0). Only the demographics were read in the
standard itself: each heading says in what we give where it was seen, or that it was not verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from django.utils import formats
from django.utils.translation import gettext as _

from livingwell.exchange.codes import SOCIAL_PRESCRIBING
from livingwell.referrals.models import Helped, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from livingwell.referrals.queries import Shown

STANDARD: Final = "PRSB Social Prescribing Information Standard v1.1"

NOT_VERIFIED: Final = "not verified"
SIMPLIFIED: Final = "Social-Prescribing_simplified-v1.1.json (PRSB), its first group"
LOCAL_AUTHORITY: Final = (
    "the PRSB local authority standard (simplifier.net), not the one for social prescribing"
)
GROUPS_SEEN: Final = {"Person demographics": SIMPLIFIED}
"""Where the headings of groups were seen; the others were not verified."""


class Message(Enum):
    """Which of the two messages."""

    REFERRAL = "referral"
    BACK = "message-back"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the mapping: group and item of the standard, M, R or O, our fact, in which messages, and where the
    heading of the item was seen.
    """

    group: str
    item: str
    must: str
    fact: str
    messages: tuple[Message, ...]
    seen: str = NOT_VERIFIED


BOTH: Final = (Message.REFERRAL, Message.BACK)
ONLY: Final = (Message.REFERRAL,)
BACK: Final = (Message.BACK,)
MAPPING: Final = (
    Row("Person demographics", "Preferred name", "R", "called", BOTH, seen=LOCAL_AUTHORITY),
    Row("Person demographics", "Address", "M", "address", ONLY, seen=SIMPLIFIED),
    Row("Person demographics", "Telephone number", "R", "phone", ONLY),
    Row("Person demographics", "Email address", "R", "email", ONLY),
    Row("Referrer details", "Referrer", "M", "sender", BOTH),
    Row("Referral details", "Date of referral", "M", "sent", BOTH),
    Row("Referral details", "Referred to", "M", "service", BOTH),
    Row("Referral details", "Organisation", "M", "organization", BOTH),
    Row("Referral details", "What is asked for", "R", "weight", ONLY),
    Row("About me", "In my words", "R", "words", ONLY),
    Row("Participation and consent", "Consent", "M", "consent", ONLY),
    Row("Services and activities", "Outcome", "M", "outcome", BACK),
    Row("Services and activities", "Reason", "R", "because", BACK),
    Row("Services and activities", "Offered instead", "O", "instead", BACK),
    Row("Outcomes", "Did it help", "O", "helped", BACK),
)
HEADINGS: Final = {
    "Call me": "called",
    "Where I live": "address",
    "My phone": "phone",
    "My e-mail": "email",
}
"""What was said under these headings has an item of its own; all else stands under the person's words."""

ANSWERED: Final = frozenset({Status.DECLINED, Status.MET, Status.CLOSED})
"""When there is something to tell the GP and whoever referred."""

OUTCOMES: Final[Mapping[Status, str]] = {
    Status.DECLINED: "The service cannot take this on.",
    Status.MET: "The person and the service have met.",
    Status.CLOSED: "It is done.",
}


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of a message with its items, each with what we say."""

    name: str
    items: tuple[tuple[Row, str], ...]


def there_is(message: Message, one: Shown) -> bool:
    """Whether this message exists now: the referral once it was sent, the message back once there is an outcome.

    Of what the person stopped there is neither.
    """
    if message is Message.BACK:
        return one.status in ANSWERED
    return one.status not in {Status.DRAFT, Status.WITHDRAWN}


def groups(
    message: Message, one: Shown, *, sender: str, called: str = "", tell_helped: bool = False
) -> tuple[Group, ...]:
    """The message under its headings; an item of which nothing was said is left out.

    `called`: of whom, where whoever reads it may not see what was said.
    """
    facts = {"called": called, **_facts(one, sender, tell_helped=tell_helped)}
    found: dict[str, list[tuple[Row, str]]] = {}
    for row in MAPPING:
        if message in row.messages and (words := facts.get(row.fact, "")):
            found.setdefault(row.group, []).append((row, words))
    return tuple(Group(name, tuple(items)) for name, items in found.items())


def missing(message: Message, found: tuple[Group, ...]) -> list[str]:
    """What the standard asks for and the person did not say: told openly, as nothing is made up."""
    said = {row for group in found for row, _words in group.items}
    return [
        f"{row.group}: {row.item}"
        for row in MAPPING
        if message in row.messages and row.must == "M" and row not in said
    ]


def as_json(message: Message, found: tuple[Group, ...]) -> dict[str, Any]:
    """The message for a program: groups, items, and the codes a practice may record."""
    return {
        "standard": STANDARD,
        "message": message.value,
        "groups": [
            {
                "name": group.name,
                "heading seen": GROUPS_SEEN.get(group.name, NOT_VERIFIED),
                "items": [
                    {"name": row.item, "mro": row.must, "value": words, "heading seen": row.seen}
                    for row, words in group.items
                ],
            }
            for group in found
        ],
        "not said": missing(message, found),
        "codes to record": [
            {
                "system": "http://snomed.info/sct",
                "code": code.code,
                "term": code.term,
                "when": code.use_when,
                "verified": code.verified,
            }
            for code in SOCIAL_PRESCRIBING
        ],
    }


def _facts(one: Shown, sender: str, *, tell_helped: bool) -> dict[str, str]:
    facts = {HEADINGS[heading]: words for heading, words in one.said if heading in HEADINGS}
    others = [f"{heading}: {words}" for heading, words in one.said if heading not in HEADINGS]
    helped = tell_helped and one.helped not in {None, Helped.RATHER_NOT}
    return {
        **facts,
        "words": "\n".join(others),
        "sender": sender or _("The person themself"),
        "sent": _day(one.sent_at.date() if one.sent_at else None),
        "service": one.name,
        "organization": one.organization_name,
        "weight": str(one.weight.label),
        "consent": _("The person agreed to this being said to %(who)s.") % {"who": one.organization_name},
        "outcome": OUTCOMES.get(one.status, ""),
        "because": one.because,
        "instead": one.instead,
        "helped": str(one.helped.label) if helped and one.helped else "",
    }


def _day(day: date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""
