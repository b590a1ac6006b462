"""Remembering what entries said: a version for each change, by hand or by import; none for a first import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Max

from livingwell.directory.actions.clock import database_time
from livingwell.directory.actions.tables import batches
from livingwell.directory.differences import differences, names
from livingwell.directory.models import Hold, How, Metadata, Service, Version
from livingwell.directory.queries.sheet import sheets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.queries.sheet import Sheet

AS_IT_CAME: Final = "as it first came"
PRIVATE: Final = ("locations",)  # what a version never holds of a confidential entry


def number_of(service: UUID) -> int:
    """The number of the latest version of an entry; 0 where nothing was ever changed."""
    return Version.objects.filter(service=service).aggregate(latest=Max("number"))["latest"] or 0


def remember_first(ids: Collection[UUID], *, at: datetime | None = None) -> None:
    """Before a change: keep what entries that were never changed say now, as their first version."""
    for some in batches(ids):
        known = set(Version.objects.filter(service__in=some).values_list("service_id", flat=True))
        missing = [pk for pk in some if pk not in known]
        if missing:
            moment = at or database_time()
            sources = dict(Service.objects.filter(pk__in=missing).values_list("pk", "source__name"))
            _record(
                [
                    (pk, 1, sheet, [], sources[pk] or str(pk))
                    for pk, sheet in sheets_of(missing).items()
                ],
                how=How.IMPORT, at=moment, note=AS_IT_CAME,
            )  # fmt: skip


def remember(
    ids: Collection[UUID], *, by: str, how: How, at: datetime | None = None, note: str = ""
) -> dict[UUID, Version]:
    """After a change: a version of each entry that says something else now than in its latest version."""
    made: dict[UUID, Version] = {}
    for some in batches(ids):
        latest = {
            version.service_id: version
            for version in Version.objects.filter(service__in=some)
            .order_by("service_id", "-number")
            .distinct("service_id")
        }
        fresh = []
        sheets = sheets_of(list(latest))
        hidden = confidential(sheets)
        for pk, version in latest.items():
            sheet = _public(sheets[pk]) if pk in hidden else sheets[pk]
            if changed := names(differences(version.content, sheet)):
                fresh.append((pk, version.number + 1, sheet, changed, by))
        if fresh:
            rows = _record(fresh, how=how, at=at or database_time(), note=note)
            made |= {version.service_id: version for version in rows}
    return made


def after_import(ids: Iterable[UUID], *, by: str, at: datetime | None = None) -> None:
    """Remember what an import changed in entries that were there before it."""
    remember(list(ids), by=by, how=How.IMPORT, at=at)


def _record(
    rows: Iterable[tuple[UUID, int, Sheet, list[str], str]], *, how: How, at: datetime, note: str
) -> list[Version]:
    rows = list(rows)
    hidden = confidential([pk for pk, *_ in rows])
    return Version.objects.bulk_create(
        Version(
            service_id=pk, number=number, made_at=at, made_by=by, how=how, note=note, fields=changed,
            content=_public(sheet) if pk in hidden else sheet,
        )
        for pk, number, sheet, changed, by in rows
    )  # fmt: skip


def confidential(ids: Iterable[UUID]) -> set[UUID]:
    """Those of some services whose places nobody may learn."""
    return set(Service.objects.filter(pk__in=list(ids), is_confidential=True).values_list("pk", flat=True))


def _public(sheet: Mapping[str, Any]) -> Sheet:
    return {**sheet, **{name: [] for name in PRIVATE}}


def forget_places(service: UUID) -> None:
    """An entry has become confidential: take its places out of every version, hold and note, for good."""
    places = {
        place["id"]
        for version in Version.objects.filter(service=service)
        for place in version.content.get("locations", ())
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_version SET content = content || '{\"locations\": []}' WHERE service_id = %s",
            [service],
        )
    Hold.objects.filter(service=service, resource_type__in=["location", "service_at_location"]).delete()
    Hold.objects.filter(service=service, field_name="locations").delete()
    Metadata.objects.filter(resource_type="location", resource_id__in=places).delete()
    Metadata.objects.filter(resource_id=service, field_name="locations").delete()


def forget_words(service: UUID, hide: Callable[[Any], Any]) -> None:
    """Take words out of everything that a confidential entry said before."""
    for version in Version.objects.filter(service=service):
        fresh = hide(version.content)
        if fresh != version.content:
            Version.objects.filter(pk=version.pk).update(content=fresh)
    for hold in Hold.objects.filter(service=service):
        value, source_says = hide(hold.value), hide(hold.source_says)
        if (value, source_says) != (hold.value, hold.source_says):
            Hold.objects.filter(pk=hold.pk).update(value=value, source_says=source_says)
