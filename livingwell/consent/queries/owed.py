"""What a privacy lead owes: questions to answer and emergencies to look into, oldest first.

A privacy lead may not see anybody's page. A page is known to them by the first letters of its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from livingwell.consent.models import Access, Emergency, Question, Search
from livingwell.consent.queries.emergencies import EmergencySeen, seen
from livingwell.consent.queries.looking import Look, moments, name_of
from livingwell.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet


MOST: Final = 200


@dataclass(frozen=True, slots=True)
class QuestionOwed:
    """Somebody asks why: whom it is about, what they did that day, and until when the answer is promised."""

    id: UUID
    page: str
    asked_at: datetime
    due_on: date
    words: str
    who: str
    works_for: tuple[str, ...]
    in_emergency: bool
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class Searching:
    """How often somebody looked for people in emergencies in the last four weeks, and how often found one."""

    who: str
    organization: str
    searches: int
    found: int


@dataclass(frozen=True, slots=True)
class Owed:
    """The privacy lead's page."""

    questions: tuple[QuestionOwed, ...]
    reviews: tuple[EmergencySeen, ...]
    done: tuple[EmergencySeen, ...]
    searching: tuple[Searching, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One thing owed with all the looks that belong to it."""

    looks: tuple[Look, ...]


def owed(*, at: datetime, since: datetime) -> Owed:
    """What waits, oldest first; what was looked into and how people searched since a moment. For privacy leads."""
    rows = Emergency.objects.select_related("opened_by", "organization")
    return Owed(
        questions=_told(_questions().order_by("due_on", "asked_at")[:MOST], at),
        reviews=tuple(seen(one, at) for one in rows.filter(reviewed_at=None).order_by("opened_at")[:MOST]),
        done=tuple(
            seen(one, at) for one in rows.filter(reviewed_at__gte=since).order_by("-reviewed_at")[:20]
        ),
        searching=_searching(since),
    )


def question_owed(pk: UUID, *, at: datetime) -> tuple[Question, QuestionOwed, Reviewed] | None:
    """One question nobody has answered, with what was done that day by whom it is about. For privacy leads."""
    question = _questions().filter(pk=pk).first()
    if question is None:
        return None
    [told] = _told([question], at)
    rows = Access.objects.filter(
        person=question.person_id,
        done_by=question.access.done_by,
        done_at__date=question.access.done_at.date(),
    )
    return question, told, Reviewed(moments(rows.order_by("-done_at", "did")[:MOST], own=False))


def review_owed(pk: UUID, *, at: datetime) -> tuple[Emergency, EmergencySeen, Reviewed] | None:
    """One emergency that nobody has looked into, with what was looked at. For privacy leads."""
    found = Emergency.objects.select_related("opened_by", "organization").filter(pk=pk, reviewed_at=None)
    emergency = found.first()
    if emergency is None:
        return None
    rows = emergency.accesses.order_by("-done_at", "did")[:MOST]
    return emergency, seen(emergency, at), Reviewed(moments(rows, own=False))


def _questions() -> QuerySet[Question]:
    return Question.objects.filter(answered_at=None).select_related("access__done_by")


def _told(questions: Iterable[Question], at: datetime) -> tuple[QuestionOwed, ...]:
    asked = list(questions)
    accounts = {one.access.done_by_id for one in asked}
    works_for: dict[UUID, set[str]] = {account: set() for account in accounts}
    held = Membership.objects.with_people(at).filter(account__in=accounts).select_related("organization")
    for role in held:
        works_for[role.account_id].add(role.organization.name if role.organization else "")
    return tuple(
        QuestionOwed(
            id=one.pk,
            page=str(one.person_id)[:8],
            asked_at=one.asked_at,
            due_on=one.due_on,
            words=one.words,
            who=name_of(one.access.done_by),
            works_for=tuple(sorted(works_for[one.access.done_by_id])),
            in_emergency=one.access.emergency_id is not None,
            looked_at=one.access.done_at,
        )
        for one in asked
    )


def _searching(since: datetime) -> tuple[Searching, ...]:
    rows = (
        Search.objects.filter(searched_at__gte=since)
        .values("searched_by__name", "searched_by__email", "organization__name")
        .annotate(searches=Count("pk"), hits=Count("pk", filter=Q(found=True)))
        .order_by("-searches")[:20]
    )
    return tuple(
        Searching(
            row["searched_by__name"] or row["searched_by__email"],
            row["organization__name"],
            row["searches"],
            row["hits"],
        )
        for row in rows
    )
