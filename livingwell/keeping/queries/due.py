"""What is due: entries whose confirmation is over or nearly so, what they were asked, whom to ask."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Q

from livingwell.directory.freshness import (
    CRISIS_THEMES,
    Pace,
    Question,
    Standing,
    risk_of,
    standing,
    to_be_asked,
)
from livingwell.directory.models import Contact, Service, ServiceTheme, Status
from livingwell.directory.queries.due import paces
from livingwell.keeping.models import Ask, Call, Confirmation, Heard, Proposal
from livingwell.messaging.models import Status as Sent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from livingwell.directory.freshness import Risk

HERE: Final = ZoneInfo("Europe/London")
LISTED: Final = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)
BATCH: Final = 5_000
NEVER_ARRIVED: Final = (Sent.FAILED, Sent.CANCELLED)


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry that somebody once confirmed: its pace, the day it is due, and what was asked since.

    `answered_on`: the later of the day it was confirmed and the day of any other answer.
    """

    service: UUID
    name: str
    answered_on: date
    due_on: date
    pace: Pace
    asked: tuple[Question, ...]
    stands: int
    waits: bool

    def standing(self, on: date) -> Standing:
        return standing(self.answered_on, self.asked, on, self.pace)

    def question(self, on: date) -> int:
        """Which question to put to its people today; none while what they said waits for a look."""
        return 0 if self.waits else to_be_asked(self.answered_on, self.asked, on, self.pace)


def watched(on: date) -> Iterator[Watched]:
    """Those that may be due soon, and those that do not stand as fresh. Read in batches."""
    rules = paces()
    soonest = min(pace.holds - pace.ahead for pace in rules.values())
    pks = (
        Service.objects.filter(
            Q(assured_date__lte=on - timedelta(days=soonest)) | Q(standing__gt=Standing.FRESH),
            status__in=LISTED,
            assured_date__isnull=False,
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    ids = list(pks)
    for start in range(0, len(ids), BATCH):
        yield from _batch(ids[start : start + BATCH], on, rules)


def _batch(ids: list[UUID], on: date, rules: Mapping[Risk, Pace]) -> Iterator[Watched]:
    grave: dict[UUID, set[str]] = defaultdict(set)
    tags = ServiceTheme.objects.filter(service__in=ids, theme__in=CRISIS_THEMES, applies=True)
    for service, theme in tags.values_list("service_id", "theme_id"):
        grave[service].add(theme)
    asked = questions(ids)
    answers = dict(
        Confirmation.objects.filter(service__in=ids)
        .order_by()
        .values_list("service_id")
        .annotate(last=Max("said_at"))
    )
    waiting = set(Proposal.objects.waiting().filter(service__in=ids).values_list("service_id", flat=True))
    rows = Service.objects.filter(pk__in=ids).values_list("pk", "name", "kind", "assured_date", "standing")
    for pk, name, kind, assured_on, stands in rows:
        if assured_on is None:
            continue
        said = answers.get(pk)
        answered_on = max(assured_on, _day(said)) if said else assured_on
        pace = rules[risk_of(kind, grave.get(pk, ()))]
        due = answered_on + timedelta(days=pace.holds)
        yield Watched(pk, name, answered_on, due, pace, tuple(asked.get(pk, ())), stands, pk in waiting)


def questions(ids: Collection[UUID]) -> dict[UUID, list[Question]]:
    """What the people of entries were asked and may have heard: messages that arrived, calls that were tried."""
    found: dict[UUID, list[Question]] = defaultdict(list)
    asks = (
        Ask.objects.filter(service__in=ids, asking__not_theirs_at=None)
        .exclude(asking__message__status__in=NEVER_ARRIVED)
        .values_list("service_id", "asking__asked_at", "told")
    )
    for service, at, told in asks:
        found[service].append(Question(_day(at), told))
    calls = Call.objects.filter(service__in=ids, outcome=Heard.NO_ANSWER)
    for service, at in calls.values_list("service_id", "opened_at"):
        found[service].append(Question(_day(at)))
    return found


def addresses(ids: Collection[UUID]) -> dict[UUID, str]:
    """Whom to write to: the entry's own address, else a contact's, else its organization's, that can be right.

    An address where somebody said that they are not the right person to ask is passed over.
    """
    not_theirs = set(
        Ask.objects.filter(service__in=ids, asking__not_theirs_at__isnull=False).values_list(
            "service_id", "asking__to"
        )
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Service.objects.filter(pk__in=ids)
    for pk, email in rows.values_list("pk", "email"):
        found[pk].append(email)
    contacts = Contact.objects.filter(service__in=ids).order_by("pk")
    for owner, email in contacts.values_list(F("service_id"), "email"):
        found[owner].append(email)
    for pk, email in rows.values_list("pk", "organization__email"):
        found[pk].append(email)
    chosen = {}
    for pk, emails in found.items():
        able = (email.strip().lower() for email in emails if "@" in email)
        chosen[pk] = next((email for email in able if (pk, email) not in not_theirs), "")
    return {pk: email for pk, email in chosen.items() if email}


def _day(at: datetime) -> date:
    return at.astimezone(HERE).date()
