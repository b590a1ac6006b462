"""What people type about themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.core import dates
from livingwell.plans.days import Day

if TYPE_CHECKING:
    from livingwell.plans.models import Section

LONGEST: Final = 10_000
BEFORE: Final = (
    ("0", gettext_lazy("On the day")),
    ("1", gettext_lazy("The day before")),
    ("3", gettext_lazy("Three days before")),
    ("7", gettext_lazy("A week before")),
    ("14", gettext_lazy("Two weeks before")),
    ("30", gettext_lazy("A month before")),
)


class SectionForm(forms.Form):
    """The words of one section, and which version stood there when they were begun."""

    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "max_length": gettext_lazy(
                "That is more than fits here. Please shorten it to %(limit_value)d characters."
            )
        },
    )
    over = forms.IntegerField(required=False, min_value=0)

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = section.label

    def clean_over(self) -> int:
        return int(self.cleaned_data.get("over") or 0)


class HardDateForm(forms.Form):
    """A hard day in somebody's own words, when it is, and how long before somebody should be in touch."""

    what = forms.CharField(
        label=gettext_lazy("What day is it?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say in a few words what day it is.")},
    )
    day = forms.CharField(label=gettext_lazy("Day"), max_length=10, required=False)
    month = forms.ChoiceField(
        label=gettext_lazy("Month"),
        required=False,
        choices=lambda: [("", "")] + [(str(n), _(name)) for n, name in enumerate(dates.NAMES, 1)],
    )
    year = forms.CharField(label=gettext_lazy("Year"), max_length=10, required=False)
    comes = forms.ChoiceField(
        label=gettext_lazy("Does it come every year?"),
        choices=(("yearly", gettext_lazy("Every year")), ("once", gettext_lazy("Only once"))),
        initial="yearly",
        error_messages={"required": gettext_lazy("Choose whether it comes every year or once.")},
    )
    days_before = forms.ChoiceField(
        label=gettext_lazy("When should somebody be in touch?"), choices=BEFORE, initial="7"
    )

    def clean_day(self) -> int:
        return self._number("day", 1, 31, _("Type the day as a number from 1 to 31."))

    def clean_month(self) -> int:
        if not self.cleaned_data["month"]:
            raise ValidationError(_("Choose the month."))
        return int(self.cleaned_data["month"])

    def clean_year(self) -> int | None:
        if not self.cleaned_data["year"].strip():
            return None
        return self._number(
            "year", 1900, 2200, _("Type the year in four figures, like 2027, or leave it empty.")
        )

    def clean_days_before(self) -> int:
        return int(self.cleaned_data["days_before"])

    def _number(self, name: str, least: int, most: int, otherwise: str) -> int:
        typed = re.fullmatch(r"0*(\d{1,4})(?:st|nd|rd|th)?\.?", self.cleaned_data[name].strip().lower())
        if typed is None or not typed[1].isascii() or not least <= int(typed[1]) <= most:
            raise ValidationError(otherwise)
        return int(typed[1])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if {"day", "month", "year", "comes"} <= said.keys():
            said["falls"] = Day(said["day"], said["month"], said["year"], said["comes"] == "yearly")
            if not said["falls"].exists:
                self.add_error("day", _("There is no such day. Check the day and the month."))
            elif said["comes"] == "once" and said["year"] is None:
                self.add_error("year", _("For a day that comes once, say the year too."))
        return said
