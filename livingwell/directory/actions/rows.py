"""Writing what a sheet says into its tables: fields checked one by one, lists as a whole, ids kept."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from livingwell.core.errors import Refusal
from livingwell.directory.differences import same
from livingwell.directory.models import Source
from livingwell.directory.queries.sheet import MODELS, PARTS, fields_of, lists_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from livingwell.directory.queries.sheet import Part

Row: TypeAlias = "Mapping[str, Any]"
Rows: TypeAlias = "Sequence[Row]"
BY_HAND: Final = "by-hand"
NEEDED: Final = {
    ("service", "name"), ("organization", "name"), ("phone", "number"), ("required_document", "document"),
    ("organization_identifier", "identifier"),
}  # fmt: skip
KNOWN_BY: Final = {
    "phone": "number", "contact": "email name", "address": "postal_code address_1", "accessibility":
    "description", "language": "code name", "required_document": "document", "service_area": "name",
    "service_capacity": "unit", "cost_option": "option", "organization_identifier": "identifier",
    "schedule": "freq byday opens_at closes_at",
}  # fmt: skip
"""What a row without an id is known again by, where it does not say the very same."""


class Unfit(Refusal):
    """A value that cannot be kept. `field`: which one, as on the sheet."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def checked(table: str, name: str, value: Any) -> Any:
    """A value as its column keeps it. Raises Unfit with a sentence."""
    column: models.Field[Any, Any] = next(each for each in MODELS[table]._meta.fields if each.name == name)
    label = name.replace("_", " ")
    text = isinstance(column, (models.TextField, models.CharField))
    if text:
        value = "" if value is None else str(value).replace("\x00", "").strip()
    elif value == "" or (value is None and not column.null):
        value = None if column.null else column.get_default()
    if (table, name) in NEEDED and not value:
        raise Unfit(_("Give a %(field)s: it cannot be empty.") % {"field": label}, name)
    if text and value:
        _look_at(name, value)
    try:
        found = column.to_python(value)
        if found is not None and not (text and not found):
            column.run_validators(found)
            if column.choices and found not in dict(column.flatchoices):
                raise ValidationError("")
    except (ValidationError, ValueError, TypeError) as error:
        raise Unfit(
            _("“%(value)s” is not something that “%(field)s” can be.") % {"value": value, "field": label},
            name,
        ) from error
    return found


def _look_at(name: str, value: str) -> None:
    if name in {"email", "assurer_email"}:
        try:
            validate_email(value)
        except ValidationError as error:
            raise Unfit(_("Write the email address like name@example.org."), name) from error
    if name == "number" and not any(char.isdigit() for char in value):
        raise Unfit(_("Write the phone number with its digits, like 020 7946 0000."), name)
    if name in {"url", "website", "uri"} and re.search(r"\s|^(javascript|data):", value, re.IGNORECASE):
        raise Unfit(_("Write the web address like https://example.org, without spaces."), name)


def write_fields(table: str, pk: UUID, values: Mapping[str, Any]) -> None:
    """Set some plain fields of one row. Raises Unfit."""
    known = fields_of(table)
    fresh = {name: checked(table, name, value) for name, value in values.items() if name in known}
    if fresh:
        with taking(table):
            MODELS[table]._default_manager.filter(pk=pk).update(**fresh)


def write_lists(table: str, pk: UUID, said: Mapping[str, Any]) -> None:
    """Replace those lists of one thing that are said, each as a whole."""
    for part in PARTS[table]:
        if part.name in said:
            write_list(part, pk, said[part.name])


def write_list(part: Part, parent: UUID, wanted: Any) -> None:
    """Make the rows of a list say what is wanted. Rows that stay keep their id. Raises Unfit."""
    if not isinstance(wanted, (list, tuple)) or not all(isinstance(row, dict) for row in wanted):
        raise Unfit(_("“%(list)s” has to be a list.") % {"list": part.name}, part.name)
    now = lists_of([part], [parent])[parent][part.name]
    pairs = _paired(part.table, now, wanted)
    staying = {was["id"] for was, _row in pairs if was}
    for row in now:
        if row["id"] not in staying:
            _remove(part, UUID(row["id"]))
    for was, row in pairs:
        pk = UUID(was["id"]) if was else _add(part, parent, row)
        if was and (fresh := {name: row[name] for name in part.fields if name in row}):
            write_fields(
                part.table, pk, {name: new for name, new in fresh.items() if was[name] != plain(new)}
            )
        for below in part.parts:
            if below.name in row:
                write_list(below, pk, row[below.name])


def _paired(table: str, now: Rows, wanted: Rows) -> list[tuple[Row | None, Row]]:
    """Each wanted row with the row that is there: of its id, else saying the same, else known by its key."""
    free = {row["id"]: row for row in now}
    found: list[Row | None] = [free.pop(str(row.get("id")), None) for row in wanted]
    for alike in (_same_said, _known_again):
        for at, row in enumerate(wanted):
            if found[at] is None and not row.get("id"):
                match = next((pk for pk, was in free.items() if alike(table, was, row)), None)
                found[at] = free.pop(match) if match else None
    return list(zip(found, wanted, strict=True))


def _same_said(_table: str, was: Row, row: Row) -> bool:
    return all(same(was.get(name), plain(value)) for name, value in row.items() if name != "id")


def _known_again(table: str, was: Row, row: Row) -> bool:
    keys = KNOWN_BY.get(table, "").split()
    return any(row.get(key) for key in keys) and all(was[key] == plain(row.get(key, "")) for key in keys)


def _add(part: Part, parent: UUID, row: Mapping[str, Any]) -> UUID:
    values = {name: checked(part.table, name, row[name]) for name in part.fields if name in row}
    if (part.table, "number") in NEEDED and "number" not in values:
        checked(part.table, "number", "")
    pk = free_id(part.table, row.get("id"))
    with taking(part.table):
        part.model._default_manager.create(
            pk=pk,
            **{part.column: parent},
            **values,
            source_id=_source(row.get("source")),
            original_id=row.get("original_id") or "",
        )
    return pk


def free_id(table: str, given: Any) -> UUID:
    """The id that a row had, where nothing else has it by now; else a new one."""
    try:
        pk = UUID(str(given))
    except ValueError:
        return uuid4()
    return uuid4() if MODELS[table]._default_manager.filter(pk=pk).exists() else pk


def _source(slug: Any) -> str | None:
    return slug if slug and Source.objects.filter(pk=slug).exists() else None


def _remove(part: Part, pk: UUID) -> None:
    for below in part.parts:
        for row in lists_of([below], [pk])[pk][below.name]:
            _remove(below, UUID(row["id"]))
    part.model._default_manager.filter(pk=pk).delete()


@contextmanager
def taking(table: str) -> Iterator[None]:
    """Turn what the database does not take into a sentence."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError) as error:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        raise Unfit(_sentence(rule, table), table) from error


def _sentence(rule: str, table: str) -> str:
    if "minimum_age" in rule:
        return _("The youngest age has to be below the oldest.")
    if "valid_from" in rule:
        return _("The first day has to come before the last.")
    if "available" in rule:
        return _("There cannot be more free places than places.")
    if "byday" in rule:
        return _("Write the days like MO,WE or 1TU.")
    return _("This cannot be kept as it is: look at “%(thing)s” again.") % {"thing": table.replace("_", " ")}
