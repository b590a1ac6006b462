"""What people may ask of the directory."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.core.languages import current
from livingwell.directory import languages
from livingwell.directory.access import Term
from livingwell.directory.models import Kind
from livingwell.directory.opening_words import NAMES
from livingwell.directory.queries.search import Wanted
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.utils.functional import Promise

    from livingwell.directory.queries.words import Point

KM_PER_MILE: Final = 1.609344
HERE: Final = ZoneInfo("Europe/London")
MILES: Final = (
    ("1", _("1 mile")),
    ("3", _("3 miles")),
    ("5", _("5 miles")),
    ("10", _("10 miles")),
    ("25", _("25 miles")),
)
USUAL_MILES: Final = "5"
PLACE_TOO_LONG: Final = {"max_length": _("Write a postcode or an area, like SW9 or Brixton.")}
KINDS: Final = (("", _("Any kind")), *Kind.choices)
DAYS: Final = (
    ("", _("Any day")),
    ("now", _("Open now")),
    ("today", _("Today")),
    *((str(number), name) for number, name in enumerate(NAMES)),
)
PARTS: Final = {
    "morning": (_("In the morning"), None, time(12)),
    "afternoon": (_("In the afternoon"), time(12), time(17)),
    "evening": (_("In the evening"), time(17), None),
}
"""Parts of the day: what people call them, from when to when."""


def _groups() -> Iterator[tuple[str, str | Promise]]:
    """Those whom a service may be for: the themes of belonging that say so."""
    yield "", _("Anyone")
    belonging = next((theme.group for theme in vocabulary().themes.values() if theme.slug == "lgbtq"), None)
    for theme in vocabulary().themes.values():
        if theme.group == belonging and theme.kind == "experience":
            yield theme.slug, theme.label


def _languages() -> Iterator[tuple[str, str | Promise]]:
    yield "", _("Any language")
    yield from languages.asked(current())


def _themes() -> Iterator[tuple[str, str | Promise]]:
    yield "", _("Anything")
    for theme in vocabulary().themes.values():
        if theme.kind != "offer":
            yield theme.slug, theme.label


def _parts() -> Iterator[tuple[str, str | Promise]]:
    yield "", _("Any time")
    for name, (label, _start, _end) in PARTS.items():
        yield name, label


GROUPS: Final = _groups
LANGUAGES: Final = _languages


class SearchForm(forms.Form):
    """All of it optional. What cannot be read is said beside the field, and the search runs with the rest.

    Choices come from functions: a list would be copied for each visitor.
    """

    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=200,
        required=False,
        error_messages={
            "max_length": _(
                "That is long for a search. Use a few words, or tell us all of it on the first page."
            )
        },
    )
    near = forms.CharField(
        label=_("Near where?"), max_length=80, required=False, error_messages=PLACE_TOO_LONG
    )
    within = forms.ChoiceField(label=_("How far?"), choices=lambda: MILES, required=False)
    day = forms.ChoiceField(label=_("When?"), choices=lambda: DAYS, required=False)
    part = forms.ChoiceField(label=_("What time of day?"), choices=_parts, required=False)
    group = forms.ChoiceField(label=_("For whom?"), choices=_groups, required=False)
    kind = forms.ChoiceField(label=_("What kind?"), choices=lambda: KINDS, required=False)
    theme = forms.ChoiceField(label=_("About what?"), choices=_themes, required=False)
    age = forms.IntegerField(
        label=_("For what age?"),
        min_value=0,
        max_value=120,
        required=False,
        error_messages={
            "invalid": _("Write the age as a number, like 54."),
            "min_value": _("Write an age from 0 to 120."),
            "max_value": _("Write an age from 0 to 120."),
        },
    )
    free = forms.BooleanField(label=_("Free"), required=False)
    access = forms.MultipleChoiceField(
        label=_("What do you need there?"), choices=lambda: Term.choices, required=False
    )
    language = forms.ChoiceField(label=_("Which language?"), choices=_languages, required=False)
    online = forms.BooleanField(label=_("Online"), required=False)
    phone = forms.BooleanField(label=_("By phone"), required=False)
    exact = forms.BooleanField(required=False)
    page = forms.IntegerField(min_value=1, max_value=500, required=False)

    NARROWING: Final = (
        "day",
        "part",
        "group",
        "kind",
        "age",
        "free",
        "access",
        "language",
        "online",
        "phone",
    )

    @property
    def asked(self) -> dict[str, str | list[str]]:
        """What was filled in and can be read, as it goes into an address, without the page number."""
        said = {name: self.cleaned_data.get(name) for name in self.fields if name != "page"}
        found: dict[str, str | list[str]] = {
            name: "on" if value is True else value if isinstance(value, list) else str(value)
            for name, value in said.items()
            if value not in (None, False, "", [])
        }
        if "near" not in found or found.get("within") == USUAL_MILES:
            found.pop("within", None)
        return found

    @property
    def narrowed(self) -> bool:
        return self.is_bound and not self.asked.keys().isdisjoint(self.NARROWING)

    def wanted(self, *, words: str, near: Point | None, at: datetime) -> Wanted:
        """The search in the terms of the directory: mended words, and the point of the place if known."""
        said = self.cleaned_data
        day = said.get("day") or ""
        _label, start, end = PARTS.get(said.get("part") or "", ("", None, None))
        today = at.astimezone(HERE).weekday()
        return Wanted(
            words=words,
            literal=bool(said.get("exact")),
            themes=(said["theme"],) if said.get("theme") else (),
            groups=(said["group"],) if said.get("group") else (),
            kinds=(said["kind"],) if said.get("kind") else (),
            near=near,
            within_km=float(said.get("within") or USUAL_MILES) * KM_PER_MILE,
            day=today if day == "today" else int(day) if day.isdigit() else None,
            start=start if day != "now" else None,
            end=end if day != "now" else None,
            open_at=at if day == "now" else None,
            free=bool(said.get("free")),
            access=tuple(said.get("access") or ()),
            language=said.get("language") or "",
            online=bool(said.get("online")),
            by_phone=bool(said.get("phone")),
            age=said.get("age"),
            on=at,
        )
