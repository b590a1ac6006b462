"""Which services, organizations and services at a location somebody asks for: only what is public, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin

from livingwell.directory.grid import EARTH_KM
from livingwell.directory.models import (
    Attribute,
    Listing,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTheme,
)
from livingwell.directory.queries.search import Wanted, search
from livingwell.directory.queries.words import point
from livingwell.opendata.asked import DAYS, NotUnderstood
from livingwell.opendata.models import Change, Subject
from livingwell.opendata.queries.terms import THEMES, slugs
from livingwell.themes.vocabulary import changed_at, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from livingwell.directory.queries.words import Point
    from livingwell.opendata.asked import Asked

NEAR_METRES: Final = 8_000.0
SEARCHED: Final = 5_000  # services found by words that are looked through where something else must hold too
KM_PER_DEGREE: Final = 111.0
Ids = list[UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of one page, and how many there are in all."""

    total: int
    ids: Ids


def published(*, at: datetime, keep: timedelta) -> QuerySet[Change]:
    """The services that are public: all but what closed for good longer ago than we keep saying so."""
    return Change.objects.filter(Q(closed=None) | Q(closed__gt=at - keep), subject=Subject.SERVICE)


def latest(*subjects: str, pk: UUID | None = None) -> datetime:
    """When the last of all things of some kinds changed, or the one with this id; at least when our own themes did."""
    changes = Change.objects.filter(subject__in=subjects, **({"subject_id": pk} if pk else {}))
    return with_themes(changes.aggregate(last=Max("modified"))["last"])


def with_themes(moment: datetime | None) -> datetime:
    """The moment of a change, but none before our own themes changed: they stand in every answer."""
    return max(changed_at(), moment) if moment else changed_at()


def services(asked: Asked, *, at: datetime, keep: timedelta) -> Found:
    wanted, ranked = _wanted(asked, at=at, keep=keep)
    if ranked is None:
        return _page(wanted.order_by("subject_id"), "subject_id", asked)
    if isinstance(ranked, Found):
        return ranked
    there = set(wanted.filter(subject_id__in=ranked).values_list("subject_id", flat=True))
    kept = [pk for pk in ranked if pk in there]
    start = (asked.page - 1) * asked.per_page
    return Found(len(kept), kept[start : start + asked.per_page])


def each_service(asked: Asked, *, at: datetime, keep: timedelta, batch: int) -> Iterator[Ids]:
    """All of them, batch by batch, each read after the one before."""
    wanted, ranked = _wanted(asked, at=at, keep=keep, whole=True)
    if isinstance(ranked, list):
        wanted = wanted.filter(subject_id__in=ranked)
    yield from _each(wanted, "subject_id", batch)


def links(asked: Asked, *, at: datetime, keep: timedelta) -> Found:
    return _page(_links(asked, at=at, keep=keep).order_by("pk"), "pk", asked)


def link(pk: UUID, *, at: datetime, keep: timedelta) -> Change | None:
    """When the service at a location of this id last changed; None where it is not public."""
    here = ServiceAtLocation.objects.filter(pk=pk)
    return published(at=at, keep=keep).filter(subject_id__in=here.values("service_id"), gone=False).first()


def each_link(asked: Asked, *, at: datetime, keep: timedelta, batch: int) -> Iterator[Ids]:
    yield from _each(_links(asked, at=at, keep=keep), "pk", batch)


def organizations(asked: Asked) -> Found:
    return _page(_organizations(asked).order_by("pk"), "pk", asked)


def each_organization(asked: Asked, *, batch: int) -> Iterator[Ids]:
    yield from _each(_organizations(asked), "pk", batch)


def offered_by(owners: Ids, *, at: datetime, keep: timedelta) -> Ids:
    rows = published(at=at, keep=keep).filter(organization_id__in=owners, gone=False)
    return list(rows.order_by("subject_id").values_list("subject_id", flat=True))


def _each(wanted: QuerySet[Any], key: str, batch: int) -> Iterator[Ids]:
    last: UUID | None = None
    while True:
        rest = wanted.filter(**{f"{key}__gt": last}) if last else wanted
        ids: Ids = list(rest.order_by(key).values_list(key, flat=True)[:batch])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _page(wanted: QuerySet[Any], key: str, asked: Asked) -> Found:
    start = (asked.page - 1) * asked.per_page
    return Found(wanted.count(), list(wanted.values_list(key, flat=True)[start : start + asked.per_page]))


def _wanted(
    asked: Asked, *, at: datetime, keep: timedelta, whole: bool = False
) -> tuple[QuerySet[Change], Ids | Found | None]:
    """Services that fit all but the words; and those that fit the words, best first: a page if only they are asked."""
    wanted = published(at=at, keep=keep)
    if asked.modified_after:
        wanted = wanted.filter(modified__gte=asked.modified_after)
    if asked.organization_id:
        wanted = wanted.filter(organization_id=asked.organization_id)
    if (narrowed := _narrowed(asked, at)) is not None:
        wanted = wanted.filter(subject_id__in=narrowed.values("pk"))
    if not asked.search:
        return wanted, None
    if narrowed is None and not (asked.modified_after or asked.organization_id or whole):
        return wanted, _one_page(asked, at)
    return wanted, _searched(asked.search, at)


def _one_page(asked: Asked, at: datetime) -> Found:
    """A page of what the words find."""
    found = search(Wanted(words=asked.search, on=at), asked.page, size=asked.per_page, beside=False)
    return Found(found.total, _of_listings([hit.listing for hit in found.hits]))


def _searched(words: str, at: datetime) -> Ids:
    found = search(Wanted(words=words, on=at), size=SEARCHED, beside=False)
    return _of_listings([hit.listing for hit in found.hits])


def _of_listings(listings: Sequence[int]) -> Ids:
    known = dict(Listing.objects.filter(pk__in=listings).values_list("pk", "service_id"))
    return list(dict.fromkeys(known[each] for each in listings if each in known))


def _narrowed(asked: Asked, at: datetime) -> QuerySet[Service] | None:
    """Services that fit the parameters about terms, places, ages and times; None where none was given."""
    del at
    conditions = [*_terms(asked), *_ages(asked)]
    if asked.day is not None or asked.start_time or asked.end_time:
        conditions.append(_times(asked))
    if asked.postcode:
        conditions.append(_around(asked))
    if not conditions:
        return None
    found = Service.objects.order_by()
    for condition in conditions:
        found = found.filter(condition)
    return found


def _ages(asked: Asked) -> Iterator[Q]:
    if asked.minimum_age is not None:
        yield Q(minimum_age__gte=asked.minimum_age)
    if asked.maximum_age is not None:
        yield Q(maximum_age__lte=asked.maximum_age)


def _terms(asked: Asked) -> Iterator[Q]:
    tagged = ServiceTheme.objects.filter(applies=True)
    said = Attribute.objects.filter(link_entity="service")
    for term in asked.taxonomy_term_id:
        known = _uuid(term)
        slug = slugs().get(known, "") if known else term if term in vocabulary() else ""
        if slug:
            yield Q(pk__in=tagged.filter(theme=slug).values("service"))
        elif known:
            yield Q(pk__in=said.filter(taxonomy_term=known).values("link_id"))
        else:
            yield Q(pk__in=said.filter(taxonomy_term__code=term).values("link_id"))
    if asked.taxonomy_id == THEMES:
        yield Q(pk__in=tagged.values("service"))
    elif asked.taxonomy_id:
        yield Q(pk__in=said.filter(taxonomy_term__taxonomy=asked.taxonomy_id).values("link_id"))


def _uuid(term: str) -> UUID | None:
    try:
        return UUID(term)
    except ValueError:
        return None


def _times(asked: Asked) -> Q:
    """One rule of when it is open must have the day and both times; closed days do not count."""
    rules = Schedule.objects.filter(closed=False)
    if asked.day is not None:
        # A single day has its day of the week; ISO counts Monday as 1.
        single = Q(byday="", freq="", dtstart__iso_week_day=asked.day + 1)
        weekly = Q(byday="", freq="WEEKLY") & (Q(dtstart=None) | Q(dtstart__iso_week_day=asked.day + 1))
        rules = rules.filter(Q(byday__contains=DAYS[asked.day]) | single | weekly)
    if asked.start_time:
        rules = rules.filter(opens_at__gte=asked.start_time)
    if asked.end_time:
        rules = rules.filter(closes_at__lte=asked.end_time)
    at = ServiceAtLocation.objects.filter(
        Q(pk__in=rules.values("service_at_location"))
        | Q(location__in=rules.filter(service=None).values("location"))
    )
    return Q(pk__in=rules.values("service")) | Q(pk__in=at.values("service"))


def place_of(asked: Asked) -> Point:
    found = point(asked.postcode)
    if found is None:
        raise NotUnderstood(
            "postcode", f"We do not know where {asked.postcode[:20]} is. Try the first half of the postcode."
        )
    return found


def _around(asked: Asked) -> Q:
    """What happens near the postcode; without a distance also what comes there, or is for anywhere."""
    near = places_near(place_of(asked), asked.proximity if asked.proximity is not None else NEAR_METRES)
    here = Q(pk__in=ServiceAtLocation.objects.filter(location__in=near.values("pk")).values("service"))
    if asked.proximity is not None:
        return here
    where = place_of(asked)
    reaching = Listing.objects.filter(location=None).filter(
        Q(reach_km=None) | Q(_box(where, 60.0), reach_km__gt=0, reach_km__gte=_km(where))
    )
    return here | Q(pk__in=reaching.values("service"))


def places_near(where: Point, metres: float) -> QuerySet[Location]:
    km = metres / 1000
    return Location.objects.filter(_box(where, km)).annotate(km=_km(where)).filter(km__lte=km)


def _box(where: Point, km: float) -> Q:
    """Squares are quicker than circles: what is certainly too far is not measured."""
    tall = km / KM_PER_DEGREE + 0.01
    wide = km / (KM_PER_DEGREE * max(cos(radians(where.latitude)), 0.05)) + 0.01
    return Q(latitude__range=(where.latitude - tall, where.latitude + tall)) & Q(
        longitude__range=(where.longitude - wide, where.longitude + wide)
    )


def _km(where: Point) -> Any:
    north = Radians(Value(where.latitude, output_field=FloatField()))
    east = Radians(Value(where.longitude, output_field=FloatField()))
    inside = Sin(Radians(F("latitude"))) * Sin(north) + Cos(Radians(F("latitude"))) * Cos(north) * Cos(
        Radians(F("longitude")) - east
    )
    return ACos(Least(Value(1.0), Greatest(Value(-1.0), inside))) * Value(EARTH_KM)


def _links(asked: Asked, *, at: datetime, keep: timedelta) -> QuerySet[ServiceAtLocation]:
    found = ServiceAtLocation.objects.all()
    wanted, ranked = _wanted(asked, at=at, keep=keep, whole=True)
    of_it = wanted.filter(subject_id=OuterRef("service_id"))
    found = found.filter(Exists(of_it))
    if isinstance(ranked, list):
        found = found.filter(service__in=ranked)
    if asked.postcode and asked.proximity is not None:
        near = places_near(place_of(asked), asked.proximity)
        found = found.filter(location__in=near.values("pk"))
    return found


def _organizations(asked: Asked) -> QuerySet[Organization]:
    found = Organization.objects.order_by()
    for word in asked.search.split():
        found = found.filter(
            Q(name__icontains=word) | Q(alternate_name__icontains=word) | Q(description__icontains=word)
        )
    if asked.organization_id:
        found = found.filter(pk=asked.organization_id)
    if asked.modified_after:
        changed = Change.objects.filter(
            subject=Subject.ORGANIZATION, modified__gte=asked.modified_after, gone=False
        )
        found = found.filter(pk__in=changed.values("subject_id"))
    return found
