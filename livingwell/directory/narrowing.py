"""The fields that narrow a search, each drawn once for what stands in it: they take longest of all to draw."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe

from livingwell.core.languages import current
from livingwell.directory.forms import USUAL_MILES, SearchForm

SHOWN: Final = (
    *("within", "day", "part", "free", "online", "phone", "group", "language", "access", "age"),
    "kind",
)
"""In the order in which they stand on the page."""
MOST: Final = 20  # values of one field: what has more is drawn afresh
KEPT: Final = 1_000  # drawings, of 1 to 5 KB


def narrowing(form: SearchForm) -> list[SafeString]:
    """The fields of a form that was looked through, as they stand on the page."""
    return [_field(form, name) for name in SHOWN]


def _field(form: SearchForm, name: str) -> SafeString:
    values = _values(form, name)
    if form.errors.get(name) or len(values) > MOST:
        return _draw(form, name)
    return _drawn(current(), name, values)


def _values(form: SearchForm, name: str) -> tuple[str, ...]:
    if form.is_bound:
        return tuple(form.data.getlist(name))  # type: ignore[attr-defined]  # what came in a request
    return (USUAL_MILES,) if name == "within" else ()


@lru_cache(maxsize=KEPT)
def _drawn(_language: str, name: str, values: tuple[str, ...]) -> SafeString:
    return _draw(SearchForm(MultiValueDict({name: list(values)})), name)


def _draw(form: SearchForm, name: str) -> SafeString:
    drawn = render_to_string("directory/narrowing.jinja", {"field": form[name]})
    return mark_safe(drawn)  # noqa: S308 - our own template
