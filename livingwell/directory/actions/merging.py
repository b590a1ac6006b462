"""Making two entries of the same thing one, with each field as somebody chose; and undoing it exactly.

The other record stays as it is, fed by its source and out of sight. What was chosen from it is held in the kept
one, follows it at each import, and goes back to what the kept one's own source says when the merge is undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.core.kept import among
from livingwell.directory.actions import editing, versions
from livingwell.directory.actions.listing import refresh
from livingwell.directory.actions.rows import write_fields, write_lists
from livingwell.directory.differences import Difference, differences, of_organization
from livingwell.directory.models import Double, Hold, How, Merge, Organization, Service, Thing, Verdict
from livingwell.directory.queries.doubles import NEVER_CHOSEN
from livingwell.directory.queries.sheet import organization_sheets, sheets_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from livingwell.directory.queries.sheet import Sheet

MODELS: Final[dict[str, type[Service] | type[Organization]]] = {
    Thing.SERVICE: Service,
    Thing.ORGANIZATION: Organization,
}


def merge(
    thing: str, kept: UUID, other: UUID, *, choose: Collection[str], by: str, at: datetime
) -> Merge:  # fmt: skip
    """Make `other` part of `kept`. `choose`: the fields of the sheet in which the other's value stands.

    Raises Refusal where one of the two is part of another entry by now.
    """
    with transaction.atomic():
        _lock(thing, kept, other)
        if thing == Thing.SERVICE and versions.confidential([kept, other]):
            raise Refusal(
                _("One of the two keeps its place private. What is private is not mixed with anything.")
            )
        sheets = _sheets(thing, [kept, other])
        unknown = set(choose) - (sheets[kept].keys() - NEVER_CHOSEN)
        if unknown:
            raise Refusal(_("There is no field “%(name)s”.") % {"name": min(unknown)})
        versions.remember_first(_services(thing, [kept, other]), at=at)
        made = Merge.objects.create(
            thing=thing, kept=kept, other=other, choices=sorted(choose), merged_at=at, merged_by=by
        )
        MODELS[thing]._default_manager.filter(pk=other).update(merged_into=kept)
        _take(made, sheets, choose, by=by, at=at)
        pair = sorted([kept, other])
        Double.objects.filter(one=pair[0], other=pair[1]).update(verdict=Verdict.SAME, said_by=by, said_at=at)
        _show(made, by=by, how=How.MERGE, at=at, note=_("Two entries of the same thing were made one"))
    made.refresh_from_db()
    return made


def undo(made: Merge, *, by: str, at: datetime) -> None:
    """Two entries again, each as its source and its people have it. Later corrections by hand stay."""
    with transaction.atomic():
        if not Merge.objects.select_for_update().filter(pk=made.pk, undone_at=None).exists():
            raise Refusal(_("This was undone already."))
        list(
            MODELS[made.thing]
            ._default_manager.select_for_update()
            .filter(pk__in=[made.kept, made.other])
            .order_by("pk")
        )
        ours = {
            (each.resource_type, str(each.resource_id), each.field_name): each for each in made.holds.live()
        }
        replaced = {
            (each["resource_type"], each["resource_id"], each["field_name"]): each for each in made.before
        }
        back: list[tuple[Hold, Any]] = []
        for key, each in ours.items():
            if each.how != How.MERGE:  # somebody corrected it since: that stays
                Hold.objects.filter(pk=each.pk).update(merge=None)
                continue
            Hold.objects.filter(pk=each.pk).update(released_at=at, released_by=by)
            old = replaced.get(key)
            back.append((each, old["value"] if old else each.source_says))
            if old:
                Hold.objects.create(
                    service_id=each.service_id, resource_type=each.resource_type, resource_id=each.resource_id,
                    field_name=each.field_name, value=old["value"], source_says=each.source_says,
                    source_differs_since=each.source_differs_since, how=old["how"], held_by=old["held_by"],
                    held_at=old["held_at"],
                )  # fmt: skip
        _put_back(made, back)
        MODELS[made.thing]._default_manager.filter(pk=made.other).update(merged_into=None)
        Merge.objects.filter(pk=made.pk).update(undone_at=at, undone_by=by)
        pair = sorted([made.kept, made.other])
        Double.objects.filter(one=pair[0], other=pair[1]).update(
            verdict=Verdict.OPEN, said_by="", said_at=None
        )
        _show(made, by=by, how=How.RESTORE, at=at, note=_("They are two entries again"))
    made.refresh_from_db()


def flow(services: Iterable[UUID], *, by: str, at: datetime) -> set[UUID]:
    """After an import: what was chosen from merged entries follows what their sources say now. Which changed."""
    if not Merge.objects.filter(undone_at=None).exists():
        return set()
    touched = list(services)
    owners = set(Service.objects.filter(pk__in=among(touched)).values_list("organization_id", flat=True))
    changed: set[UUID] = set()
    merges = Merge.objects.filter(other__in=among([*touched, *owners]), undone_at=None).order_by("merged_at")
    for made in merges:
        with transaction.atomic():
            by_hand = {
                each.field_name
                for each in Hold.objects.live().filter(resource_id=made.kept).exclude(how=How.MERGE)
            }
            fields = [name for name in made.choices if name not in by_hand]
            sheets = _sheets(made.thing, [made.kept, made.other])
            if len(sheets) == 2 and _take(made, sheets, fields, by=by, at=at):
                _show(made, by=by, how=How.MERGE, at=at, note="")
                changed.add(made.kept)
    return changed


def _lock(thing: str, kept: UUID, other: UUID) -> None:
    """One merge of an entry at a time: both rows, always in the same order."""
    if kept == other:
        raise Refusal(_("Choose two different entries."))
    rows = _rows(thing, [kept, other])
    if len(rows) != 2:
        raise Refusal(_("One of the two is not here any more."))
    if any(row.merged_into_id for row in rows):
        raise Refusal(_("Somebody made these one while you were looking. Nothing more is needed."))


def _rows(thing: str, ids: list[UUID]) -> list[Service | Organization]:
    rows = MODELS[thing]._default_manager.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.order_by("pk"))


def _sheets(thing: str, ids: list[UUID]) -> dict[UUID, Sheet]:
    return sheets_of(ids) if thing == Thing.SERVICE else organization_sheets(ids)


def _services(thing: str, ids: Collection[UUID]) -> list[UUID]:
    """The services whose sheets say what these things say."""
    if thing == Thing.SERVICE:
        return list(ids)
    return list(Service.objects.filter(organization__in=ids).order_by("pk").values_list("pk", flat=True))


def _take(
    made: Merge, sheets: Mapping[UUID, Sheet], fields: Collection[str], *, by: str, at: datetime
) -> bool:  # fmt: skip
    """Write the chosen values of the other into the kept one and hold them. Whether anything changed."""
    before = sheets[made.kept]
    values = {name: _copied(name, sheets[made.other][name]) for name in fields}
    if "kind" in values:
        values["kind_by_hand"] = True
    _write(made.thing, made.kept, values)
    found = _different(made.thing, before, _sheets(made.thing, [made.kept])[made.kept])
    for each in found:
        _hold(made, each, by=by, at=at)
    if found:
        editing.note_down(found, by=by, how=How.MERGE, at=at)
    return bool(found)


def _write(thing: str, pk: UUID, values: Mapping[str, Any]) -> None:
    if thing == Thing.SERVICE:
        editing.write(pk, values)
    else:
        write_fields("organization", pk, values)
        write_lists("organization", pk, values)


def _different(thing: str, before: Sheet, after: Sheet) -> list[Difference]:
    return differences(before, after) if thing == Thing.SERVICE else of_organization(before, after)


def _copied(name: str, value: Any) -> Any:
    """A value for another entry: rows get ids of their own; places are the very same places."""
    if name == "locations":
        return [{"id": place["id"], "here": _fresh(place["here"])} for place in value]
    return _fresh(value)


def _links(name: str, value: Any) -> Any:
    """Of places only that it happens there: what they are like now was said since."""
    return [{"id": place["id"], "here": place["here"]} for place in value] if name == "locations" else value


def _fresh(value: Any) -> Any:
    if isinstance(value, list):
        return [_fresh(each) for each in value]
    if isinstance(value, dict):
        return {
            name: _fresh(each) for name, each in value.items() if name not in {"id", "source", "original_id"}
        }
    return value


def _hold(made: Merge, found: Difference, *, by: str, at: datetime) -> None:
    """Hold a chosen value. A correction that stood there before is put by, to come back at the undoing."""
    which = {
        "resource_type": found.resource_type,
        "resource_id": found.resource_id,
        "field_name": found.field_name,
    }
    old = Hold.objects.live().filter(**which).first()
    if old is not None and old.merge_id == made.pk:
        Hold.objects.filter(pk=old.pk).update(value=found.after)
        return
    says, since = found.before, None
    if old is not None:
        says, since = old.source_says, old.source_differs_since
        kept = {**which, "resource_id": str(found.resource_id), "value": old.value, "how": old.how,
                "held_by": old.held_by, "held_at": old.held_at.isoformat()}  # fmt: skip
        made.before = [*made.before, kept]
        Merge.objects.filter(pk=made.pk).update(before=made.before)
        Hold.objects.filter(pk=old.pk).update(released_at=at, released_by=by)
    Hold.objects.create(
        **which, service_id=made.kept if made.thing == Thing.SERVICE else None, merge=made, value=found.after,
        source_says=says, source_differs_since=since, how=How.MERGE, held_at=at, held_by=by,
    )  # fmt: skip


def _put_back(made: Merge, back: list[tuple[Hold, Any]]) -> None:
    """Write what stood before, or what the kept one's own source says by now."""
    own = {
        each.field_name: _links(each.field_name, value)
        for each, value in back
        if str(each.resource_id) == str(made.kept)
    }
    if own:
        _write(made.thing, made.kept, own)
    for each, value in back:
        if str(each.resource_id) != str(made.kept):
            write_fields(each.resource_type, each.resource_id, {each.field_name: value})
            write_lists(each.resource_type, each.resource_id, {each.field_name: value})


def _show(made: Merge, *, by: str, how: How, at: datetime, note: str) -> None:
    ids = _services(made.thing, [made.kept, made.other])
    refresh(ids)
    versions.remember(ids, by=by, how=how, at=at, note=note)
