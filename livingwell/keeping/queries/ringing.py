"""The verification round: which entry to ring next, and how the day is going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from livingwell.directory.freshness import CRISIS_THEMES, IN_DANGER, QUESTIONS, STANDING_STILL, Risk
from livingwell.directory.models import About, Phone, Service, ServiceTheme, Status
from livingwell.directory.queries.due import paces
from livingwell.directory.queries.reports import several_say
from livingwell.keeping.models import Call, Confirmation, Heard, Part, Proposal

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

HERE: Final = ZoneInfo("Europe/London")
TRIES: Final = QUESTIONS
RANK: Final = {Risk.CRISIS: 0, Risk.GROUP: 1, Risk.BUILDING: 2}
NOON: Final = time(12)
LATE: Final = time(16, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """How one volunteer's day is going. What could be rung now: `left` is due, `never` was never confirmed."""

    rung: int
    reached: int
    left: int
    never: int


def part_of_day(at: datetime) -> Part:
    """Morning, afternoon or early evening, here."""
    now = at.astimezone(HERE).time()
    return Part.MORNING if now < NOON else Part.AFTERNOON if now < LATE else Part.EVENING


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)


def tries_of() -> QuerySet[Call]:
    """For a subquery on services: calls that nobody took since somebody last answered."""
    answer = Confirmation.objects.filter(service=OuterRef("service"), said_at__gte=OuterRef("opened_at"))
    return Call.objects.filter(~Exists(answer), service=OuterRef("pk"), outcome=Heard.NO_ANSWER)


def due_to_ring(at: datetime, by: str) -> QuerySet[Service]:
    """Entries with a number that are due or soon will be, and can be tried now; the riskiest and longest due first.

    Where several people could not get through, that comes before all. Those that nobody ever confirmed come last.
    What this volunteer gave back today is left to others.
    """
    today = at.astimezone(HERE).date()
    rules = paces()
    grave = ServiceTheme.objects.filter(service=OuterRef("pk"), theme__in=CRISIS_THEMES, applies=True)
    rank = Case(
        When(Q(Exists(grave), kind__in=IN_DANGER), then=Value(RANK[Risk.CRISIS])),
        When(kind__in=STANDING_STILL, then=Value(RANK[Risk.BUILDING])),
        default=Value(RANK[Risk.GROUP]),
        output_field=IntegerField(),
    )
    over = Q(assured_date=None)
    for risk, place in RANK.items():
        pace = rules[risk]
        over |= Q(risk=place, assured_date__lte=today - timedelta(days=pace.holds - pace.ahead))
    numbers = Phone.objects.filter(service=OuterRef("pk"))
    of_organization = Phone.objects.filter(organization=OuterRef("organization"))
    called = Call.objects.filter(service=OuterRef("pk"))
    later = Q(try_on__gt=today) | Q(try_on=today) & ~Q(try_in=part_of_day(at))
    given_up = tries_of().filter(try_on=None)
    return (
        Service.objects.filter(status__in=(Status.ACTIVE, Status.TEMPORARILY_CLOSED))
        .annotate(
            said_unreached=Exists(several_say(About.UNREACHED, at=at)),
            risk=rank,
            never=Case(When(assured_date=None, then=Value(1)), default=Value(0)),
        )
        .filter(
            over | Q(said_unreached=True),
            Exists(numbers) | Exists(of_organization) | ~Q(text_number=""),
            ~Exists(called.filter(outcome="")),
            ~Exists(tries_of().filter(later)),
            ~Exists(given_up),
            ~Exists(Proposal.objects.waiting().order_by().filter(service=OuterRef("pk"))),
            ~Exists(called.filter(outcome=Heard.LET_GO, ended_by=by, ended_at__gte=start_of(today))),
        )
        .order_by("-said_unreached", "never", "risk", "assured_date", "pk")
    )


def unreached() -> QuerySet[Service]:
    """Those that were tried often enough and never answered: an editor looks."""
    return Service.objects.filter(
        Exists(tries_of().filter(try_on=None)), status__in=(Status.ACTIVE, Status.TEMPORARILY_CLOSED)
    ).order_by("name", "pk")


def day_of(by: str, *, at: datetime) -> Day:
    """How this volunteer's day is going."""
    today = Call.objects.filter(ended_by=by, ended_at__gte=start_of(at.astimezone(HERE).date()))
    outcomes = list(today.exclude(outcome=Heard.LET_GO).values_list("outcome", flat=True))
    reached = sum(1 for outcome in outcomes if outcome != Heard.NO_ANSWER)
    now = due_to_ring(at, by)
    left, never = now.exclude(assured_date=None).count(), now.filter(assured_date=None).count()
    return Day(rung=len(outcomes), reached=reached, left=left, never=never)
