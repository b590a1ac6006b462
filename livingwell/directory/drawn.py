"""What takes longest to draw on a page of results, drawn once and kept: cards, and the fields that narrow a search."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.template.loader import get_template, render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from markupsafe import Markup

from livingwell.core.languages import current
from livingwell.directory.forms import USUAL_MILES, SearchForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from livingwell.directory.queries.cards import Card

SHOWN: Final = (
    *("within", "day", "part", "free", "online", "phone", "group", "language", "access", "age"),
    "kind",
)
"""In the order in which they stand on the page."""
MOST: Final = 20  # values of one field: what has more is drawn afresh
KEPT: Final = 1_000  # fields, of 1 to 5 KB
KEPT_CARDS: Final = 10_000  # of 1 KB


def told(cards: Sequence[Card]) -> list[str]:
    """What is said of each service in a list, as it stands on the page, in the language of the page."""
    language = current()
    return [_told(language, card) for card in cards]


@lru_cache(maxsize=KEPT_CARDS)
def _told(_language: str, card: Card) -> str:
    macros = get_template("directory/result.jinja").template.module  # type: ignore[attr-defined]
    return Markup(macros.told_of(card))  # noqa: S704 - our own template


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
