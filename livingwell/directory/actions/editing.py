"""Changing an entry by hand: checked, written, remembered, held against its source, and found at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.actions import holding, private, versions
from livingwell.directory.actions.listing import refresh
from livingwell.directory.actions.places import locate
from livingwell.directory.actions.rows import BY_HAND, Unfit, free_id, taking, write_fields, write_lists
from livingwell.directory.differences import differences
from livingwell.directory.models import (
    Hold,
    How,
    Location,
    Metadata,
    Service,
    ServiceAtLocation,
    Source,
    Version,
)
from livingwell.directory.queries.sheet import PARTS, fields_of, sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.differences import Difference
    from livingwell.directory.queries.sheet import Sheet


class ChangedMeanwhile(Refusal):
    """Somebody changed the entry since it was read. `now`: what it says now; `version`: its latest."""

    def __init__(self, version: Version | None, now: Sheet) -> None:
        super().__init__(
            _(
                "Somebody changed this entry while you were writing. Look at what it says now, then save again."
            )
        )
        self.version, self.now = version, now


def change(
    service: Service,
    values: Mapping[str, object],
    *,
    by: str,
    how: How,
    at: datetime,
    note: str = "",
    expected: int | None = None,
) -> Version | None:
    """Make an entry say what is true. `values`: only what changes, named as on its sheet; lists as a whole.

    `expected`: the number of the version that was read (0 for none). The version made, or None where nothing
    is different. Raises Unfit for a value that cannot be kept, ChangedMeanwhile, and Refusal.
    """
    if not by:
        raise Refusal(_("Say who changes this."))
    return _change(service, values, by=by, how=how, at=at, note=note, expected=expected, held=True)


def _change(
    service: Service, values: Mapping[str, Any], *, by: str, how: How, at: datetime, note: str,
    expected: int | None, held: bool,
) -> Version | None:  # fmt: skip
    with transaction.atomic():
        before = _lock(service, expected)
        affected = _affected(service, values)
        told = private.set_apart(service, affected, values, by=by, at=at)
        versions.remember_first(affected, at=at)
        write(service.pk, told)
        after = sheet_of(service.pk)
        found = differences(before, after)
        if not found:
            transaction.set_rollback(told == values)  # else what was set apart is kept
            return None
        note_down(found, by=by, how=how, at=at)
        if held and how is not How.IMPORT:
            holding.hold(service, found, by=by, how=how, at=at)
        refresh(affected)
        made = versions.remember(affected, by=by, how=how, at=at, note=private.hidden(service.pk, note))
    service.refresh_from_db()
    return made.get(service.pk)


def restore(version: Version, *, by: str, at: datetime, expected: int | None = None) -> Version | None:
    """Let an entry say again what it said in an earlier version."""
    skipped = {"id", "kind", "kind_by_hand"} if not version.content.get("kind_by_hand") else {"id"}
    values = {name: value for name, value in version.content.items() if name not in skipped}
    if not values.get("locations"):
        values.pop("locations", None)
    note = _("As in version %(number)s") % {"number": version.number}
    return change(
        version.service, values, by=by, how=How.RESTORE, at=at, note=note, expected=expected
    )  # fmt: skip


def release(hold: Hold, *, by: str, at: datetime) -> Version | None:
    """Let what the source says stand again, from now on and at each import."""
    with transaction.atomic():
        ended = Hold.objects.live().filter(pk=hold.pk).update(released_at=at, released_by=by)
        if not ended:
            raise Refusal(_("This was let go already."))
        hold.refresh_from_db()
        service = hold.service
        if service is None:
            raise Refusal(_("This came with a merge. Undo the merge instead."))
        now = sheet_of(service)
        return _change(
            service, _as_source_says(hold, now), by=by, how=How.SCREEN, at=at, expected=None, held=False,
            note=_("What its source says stands again"),
        )  # fmt: skip


def _as_source_says(hold: Hold, now: Sheet) -> dict[str, Any]:
    said = {hold.field_name: hold.source_says}
    if hold.resource_type == "service":
        return said
    if hold.resource_type == "organization":
        return {"organization": {"id": str(hold.resource_id), **said}}
    places = [dict(place) for place in now["locations"]]
    for place in places:
        if place["id"] == str(hold.resource_id):
            place |= said
        elif place["here"]["id"] == str(hold.resource_id):
            place["here"] = place["here"] | said
    return {"locations": places}


def _lock(service: Service, expected: int | None) -> Sheet:
    """One change of an entry at a time. Its sheet as it is now."""
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    now = sheet_of(service.pk)
    if expected is not None and versions.number_of(service.pk) != expected:
        raise ChangedMeanwhile(Version.objects.filter(service=service).first(), now)
    return now


def write(pk: UUID, values: Mapping[str, Any]) -> None:
    """Write the values of a sheet, without remembering. Raises Unfit."""
    lists = {part.name for part in PARTS["service"]}
    known = {*fields_of("service"), *lists, "organization", "locations", "id"}
    if strange := next((name for name in values if name not in known), None):
        raise Unfit(_("There is no field “%(name)s”.") % {"name": strange}, strange)
    fields = {name: value for name, value in values.items() if name in fields_of("service")}
    if "kind" in fields and fields["kind"] != Service.objects.values_list("kind", flat=True).get(pk=pk):
        fields["kind_by_hand"] = values.get("kind_by_hand", True)
    write_fields("service", pk, fields)
    write_lists("service", pk, values)
    if owner := values.get("organization"):
        owner_pk = Service.objects.values_list("organization_id", flat=True).get(pk=pk)
        if owner.get("id", str(owner_pk)) == str(owner_pk):
            write_fields("organization", owner_pk, owner)
            write_lists("organization", owner_pk, owner)
    if "locations" in values:
        _write_places(pk, values["locations"])


def _write_places(service: UUID, places: Any) -> None:
    """Where it happens: places that are named stay or come, the others are no longer places of this service."""
    if not isinstance(places, (list, tuple)) or not all(isinstance(place, dict) for place in places):
        raise Unfit(_("“%(list)s” has to be a list.") % {"list": "locations"}, "locations")
    links = {link.location_id: link for link in ServiceAtLocation.objects.filter(service=service)}
    staying = set()
    for place in places:
        pk = _place(place)
        here = place.get("here", {})
        if pk not in links:
            links[pk] = ServiceAtLocation.objects.create(
                pk=free_id("service_at_location", here.get("id")), service_id=service, location_id=pk,
                source_id=here.get("source"), original_id=here.get("original_id") or "",
            )  # fmt: skip
        write_fields("service_at_location", links[pk].pk, here)
        write_lists("service_at_location", links[pk].pk, here)
        staying.add(pk)
    for pk, link in links.items():
        if pk not in staying:
            write_lists(
                "service_at_location", link.pk, {part.name: [] for part in PARTS["service_at_location"]}
            )
            link.delete()


def _place(place: Mapping[str, Any]) -> UUID:
    """The location that a place on a sheet means, written as it says; made where there is none."""
    known = Location.objects.filter(pk=place["id"]).first() if place.get("id") else None
    if known is None:
        pk = free_id("location", place.get("id"))
        source, _made = Source.objects.get_or_create(slug=BY_HAND, defaults={"name": _("Written here")})
        known = Location.objects.create(pk=pk, source=source, original_id=str(pk))
    moved = dict(place)
    if {"latitude", "longitude"} & moved.keys() and "from_postcode" not in moved:
        moved["from_postcode"] = False
    with taking("location"):
        write_fields("location", known.pk, moved)
    write_lists("location", known.pk, place)
    if "addresses" in place and "latitude" not in place:
        locate([known.pk])
    return known.pk


def _affected(service: Service, values: Mapping[str, Any]) -> list[UUID]:
    """This entry, and those that say the same because they share its organization or a place."""
    which = Q(pk=service.pk)
    if values.get("organization"):
        which |= Q(organization=service.organization_id)
    places = values.get("locations") or ()
    if isinstance(places, (list, tuple)):
        which |= Q(service_at_locations__location__in=[place["id"] for place in places if place.get("id")])
    return list(Service.objects.filter(which).order_by("pk").values_list("pk", flat=True).distinct())


def note_down(found: list[Difference], *, by: str, how: How, at: datetime) -> None:
    """Who said what of each field (HSDS metadata)."""
    Metadata.objects.bulk_create(
        Metadata(
            resource_id=each.resource_id, resource_type=each.resource_type, field_name=each.field_name,
            last_action_date=at.date(), last_action_type="update", previous_value=_text(each.before),
            replacement_value=_text(each.after), updated_by=f"{by} ({how.value})",
        )
        for each in found
    )  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
