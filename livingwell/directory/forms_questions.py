"""A way in by at most five short questions, each of which may be passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.directory.access import Term
from livingwell.directory.forms import DAYS, GROUPS, LANGUAGES, PARTS, PLACE_TOO_LONG, SearchForm

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.directory.queries.wanted import Wanted
    from livingwell.directory.queries.words import Point

ABOUT: Final = {
    "home": (
        _("My home"),
        ("home-at-risk", "homelessness", "finding-a-home", "home-repairs", "keeping-home"),
    ),
    "money": (_("Money"), ("debt", "benefits", "low-income", "budgeting", "energy-costs")),
    "food": (_("Food"), ("food-today", "cheap-food", "eating-together")),
    "body": (_("My body"), ("gp", "long-term-condition", "pain", "gentle-exercise", "mobility")),
    "mind": (_("How I feel"), ("low-mood", "anxiety", "stress", "talking-therapy", "peer-support")),
    "people": (_("People and company"), ("loneliness", "making-friends", "befriending", "coffee-and-chat")),
    "work": (_("Work and learning"), ("unemployment", "back-to-work", "training", "learning")),
    "do": (_("Something to do"), ("outings", "art", "singing", "gardening", "walking", "volunteering")),
}
"""What a need is about: what it is called on the page, and the themes that it may be."""
EASIER: Final = (("online", _("Online")), ("phone", _("By phone")), ("free", _("Free")))
STEPS: Final = (("about",), ("group",), ("near",), ("day", "part"), ("easier", "access", "language"))
"""The fields of each question, in their order."""


class QuestionsForm(forms.Form):
    """All answers so far. They travel in the form and stand in no address."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("Anything")), *((slug, label) for slug, (label, _themes) in ABOUT.items())],
        required=False,
    )
    group = forms.ChoiceField(label=_("Who is it for?"), choices=GROUPS, required=False)
    near = forms.CharField(
        label=_("Near where?"), max_length=80, required=False, error_messages=PLACE_TOO_LONG
    )
    day = forms.ChoiceField(label=_("Which day could you go?"), choices=DAYS, required=False)
    part = forms.ChoiceField(
        label=_("What time of day?"),
        choices=[("", _("Any time")), *((name, label) for name, (label, _start, _end) in PARTS.items())],
        required=False,
    )
    easier = forms.MultipleChoiceField(label=_("What would make it easier?"), choices=EASIER, required=False)
    access = forms.MultipleChoiceField(
        label=_("What do you need there?"), choices=Term.choices, required=False
    )
    language = forms.ChoiceField(label=_("Which language?"), choices=LANGUAGES, required=False)
    page = forms.IntegerField(min_value=1, max_value=500, required=False)

    def answered(self, step: int) -> str:
        """What was answered to a question, in words; empty where it was passed over."""
        return ", ".join(words for name in STEPS[step] if (words := self._in_words(name)))

    def _in_words(self, name: str) -> str:
        value = self.cleaned_data.get(name) or ""
        labels = {str(key): str(label) for key, label in getattr(self.fields[name], "choices", ())}
        if isinstance(value, list):
            return ", ".join(labels[each] for each in value)
        return labels.get(value, value) if value else ""

    def wanted(self, *, near: Point | None, at: datetime) -> Wanted:
        """The search for what was answered."""
        said = self.cleaned_data
        easier = said.get("easier") or []
        as_searched = {name: said.get(name) for name in ("group", "day", "part", "access", "language")}
        form = SearchForm(as_searched | dict.fromkeys(easier, "on"))
        form.is_valid()
        wanted = form.wanted(words="", near=near, at=at)
        return replace(wanted, about=self.themes)

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of what it is about."""
        chosen = self.cleaned_data.get("about") or ""
        return ABOUT[chosen][1] if chosen else ()
