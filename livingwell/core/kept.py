"""Questions that are put together once: the SQL of a queryset is kept, and asked with other values each time.

Django puts the SQL of a queryset together anew whenever it is asked. For a list that asks a dozen questions that is a
third of the time that its page takes. What is kept here is made by the very querysets that are written down, so
`visible_to` and the rest stand in it as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

P = ParamSpec("P")
Row = TypeVar("Row")


class NotKept(Exception):
    """The question cannot be kept: a value goes into it changed, or not at all. Give it as it is to be asked."""


def kept(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make of a function that gives a `values_list` one that gives its rows, and puts the SQL together only once.

    It is called with positions alone. An account, an id, a moment, a day or a list of ids may be another each time, and
    has to reach the SQL as it is given: `at - A_WEEK` is an argument of its own. Of anything else (a flag, None) each
    value has its SQL. Raises NotKept at the first call where a value does not reach the SQL as it is.
    """
    known: dict[tuple[object, ...], _Question] = {}

    @wraps(build)
    def ask(*args: P.args, **named: P.kwargs) -> list[Row]:
        if named:
            raise TypeError(f"{build.__name__} is asked by position.")
        key = tuple(value.__class__ if isinstance(value, MAY_DIFFER) else value for value in args)
        question = known.get(key)
        if question is None:
            question = known[key] = _put_together(build, args)
        return question.rows(args)

    return ask


def among(ids: Iterable[UUID]) -> RawSQL:
    """For `filter(person__in=...)` with many: they are sent as one value, not each as one of its own."""
    return RawSQL("(SELECT unnest(%s::uuid[]))", [_as_sent(list(ids))])


MAY_DIFFER: Final = (Model, UUID, date, list)
"""What may be another value each time. A datetime is a date, too."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the argument of a number stands among the values of the SQL."""

    number: int


@dataclass(frozen=True, slots=True)
class _Question:
    sql: str
    values: tuple[object, ...]

    def rows(self, args: tuple[object, ...]) -> list[Any]:
        given = [_as_sent(arg) for arg in args]
        values: list[Any] = [given[one.number] if isinstance(one, _Place) else one for one in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            found: list[Any] = cursor.fetchall()
        return found


def _put_together(build: Callable[..., QuerySet[Any, Any]], args: tuple[object, ...]) -> _Question:
    """Put it together twice with values that nobody has; what differs otherwise than they do was made of them."""
    first, again = (_with(build, args, year) for year in (1901, 1952))
    if first != again:
        raise NotKept(f"{build.__name__}: a value goes into the SQL changed.")
    places = {one.number for one in first.values if isinstance(one, _Place)}
    missing = {number for number, arg in enumerate(args) if isinstance(arg, MAY_DIFFER)} - places
    if missing:
        raise NotKept(f"{build.__name__}: arguments {sorted(missing)} do not reach the SQL.")
    return first


def _with(build: Callable[..., QuerySet[Any, Any]], args: tuple[object, ...], year: int) -> _Question:
    strange = [_strange(arg, number, year) for number, arg in enumerate(args)]
    compiler = build(*strange).query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if compiler.get_converters(expression for expression, _sql, _alias in compiler.select):
        raise NotKept(f"{build.__name__}: a column is read otherwise than the database gives it.")
    marks = {number: _as_sent(one) for number, one in enumerate(strange) if isinstance(one, MAY_DIFFER)}
    return _Question(sql, tuple(_place(value, marks) for value in values))


def _place(value: object, marks: dict[int, object]) -> object:
    for number, mark in marks.items():
        if type(mark) is type(value) and mark == value:
            return _Place(number)
    return value


def _as_sent(value: object) -> object:
    """What stands for an argument among the values of the SQL: ids as one text, which is read faster than a list."""
    match value:
        case Model():
            return value.pk
        case list():
            return f"{{{','.join(map(str, value))}}}"
        case _:
            return value


def _strange(arg: object, number: int, year: int) -> object:
    """A value of the same kind that nobody has; what may not differ stays."""
    match arg:
        case Model():
            return arg.__class__(pk=uuid4())  # the type may be that of one who is read when needed
        case UUID():
            return uuid4()
        case datetime():
            return datetime(year, 2, 3 + number, 4, 5, tzinfo=UTC)
        case date():
            return date(year + 7, 3, 4 + number)
        case list():
            return [uuid4()]
        case _:
            return arg
