"""What became of an entry: its versions, who says what of each field, and what its source says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from livingwell.core import dates
from livingwell.directory.comparing import Compared, alike, compare, label, words
from livingwell.directory.models import Hold, How, Service, Version
from livingwell.directory.queries.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Step:
    """One version, as a line of a history."""

    number: int
    at: datetime
    by: str
    how: str
    note: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an entry, newest first."""

    service: Service
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two versions side by side."""

    service: Service
    older: Step
    newer: Step
    differences: tuple[Compared, ...]
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Who said a field, as a sentence, and what it says."""

    label: str
    value: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class Held:
    """One correction that stands against its source."""

    id: UUID
    service: UUID
    entry: str
    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    by: str
    how: str
    at: datetime
    since: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Who says what in an entry, and what of it stands against its source."""

    service: Service
    said: tuple[Said, ...]
    held: tuple[Held, ...]


def history_of(pk: UUID) -> History | None:
    """The history of an entry; None where there is no such entry."""
    service = Service.objects.filter(pk=pk).first()
    if service is None:
        return None
    rows = Version.objects.filter(service=service).defer("content")
    return History(service, tuple(_step(version) for version in rows))


def side_by_side(pk: UUID, older: int, newer: int) -> Sides | None:
    """Two versions of an entry compared, whatever their order; None where one is missing."""
    found = {
        version.number: version
        for version in Version.objects.filter(service=pk, number__in=[older, newer]).select_related("service")
    }
    if len(found) != 2:
        return None
    first, second = found[min(found)], found[max(found)]
    return Sides(
        first.service,
        _step(first),
        _step(second),
        compare(first.content, second.content),
        not Version.objects.filter(service=pk, number__gt=second.number).exists(),
    )


def differences_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Compared, ...]:
    """Two sheets of one entry, field by field, in words."""
    return compare(before, after)


def sources_of(pk: UUID) -> Sources | None:
    """Who says what in an entry; None where there is no such entry."""
    service = Service.objects.filter(pk=pk).select_related("source").first()
    if service is None:
        return None
    sheet = sheet_of(pk)
    last: dict[str, Version] = {}
    for version in Version.objects.filter(service=pk).defer("content"):
        for name in version.fields:
            last.setdefault(name, version)
    said = tuple(
        Said(label(name), words(value), _who(last.get(name), service))
        for name, value in sheet.items()
        if name not in {"id", "kind_by_hand", "invented"} and words(value)
    )
    return Sources(service, said, held(pk))


def held(pk: UUID | None = None) -> tuple[Held, ...]:
    """The corrections that stand, of one entry; or, of all, those where the source says something new."""
    rows = Hold.objects.live().select_related("service__source")
    rows = (
        rows.filter(source_differs_since__isnull=False).order_by("source_differs_since")
        if pk is None
        else rows.filter(service=pk).order_by("held_at")
    )
    return tuple(_held(each, each.service) for each in rows[:200] if each.service and _otherwise(each))


def _otherwise(each: Hold) -> bool:
    return not alike(each.value, each.source_says)


def _held(each: Hold, service: Service) -> Held:
    return Held(
        each.pk, service.pk, service.name, label(each.field_name, each.resource_type), words(each.value),
        words(each.source_says), each.held_by, each.get_how_display(), each.held_at, each.source_differs_since,
        service.source.name,
    )  # fmt: skip


def held_otherwise() -> int:
    """How many corrections stand where the source has said something new since."""
    return Hold.objects.live().filter(
        ~Q(source_says=F("value")), source_differs_since__isnull=False
    ).count()  # fmt: skip


def last_word(pk: UUID) -> str:
    """For everyone: when the entry was last put right by a person, and how. Names stay with us."""
    by_hand = Version.objects.filter(service=pk).exclude(how__in=[How.IMPORT, How.MERGE, How.RESTORE])
    version = by_hand.defer("content").first()
    if version is None:
        return ""
    day = dates.day(_day(version.made_at))
    how = {
        How.LINK: _("Put right by its own people on %(day)s."),
        How.PHONE: _("Put right by phone on %(day)s."),
        How.REPORT: _("Put right on %(day)s, after somebody told us."),
    }.get(How(version.how), _("Put right by our editors on %(day)s."))
    return how % {"day": day}


def _day(moment: datetime) -> date:
    return moment.astimezone(timezone.get_current_timezone()).date()


def _step(version: Version) -> Step:
    return Step(
        version.number, version.made_at, version.made_by, version.get_how_display(), version.note,
        tuple(label(name) for name in version.fields),
    )  # fmt: skip


def _who(version: Version | None, service: Service) -> str:
    if version is None:
        return _("as it came from %(source)s") % {"source": service.source.name}
    told: dict[str, Any] = {
        "by": version.made_by,
        "day": dates.day(_day(version.made_at)),
    }
    sentences = {
        How.IMPORT: _("said by %(by)s on %(day)s"),
        How.LINK: _("said by its own people (%(by)s) on %(day)s"),
        How.PHONE: _("confirmed by phone by %(by)s on %(day)s"),
        How.REPORT: _("put right by %(by)s on %(day)s, after somebody told us"),
        How.MERGE: _("taken from another entry of the same thing by %(by)s on %(day)s"),
        How.RESTORE: _("put back as it was by %(by)s on %(day)s"),
    }
    return sentences.get(How(version.how), _("written here by %(by)s on %(day)s")) % told
