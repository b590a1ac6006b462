"""What somebody who went may tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.core import dates

MONTHS = 12
LONGEST = 600


def _box(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Make it shorter: 600 letters at most.")},
    )


class VisitForm(forms.Form):
    """All boxes are optional, one must hold something. `today`: the last month that can be chosen is its month."""

    went_on = forms.ChoiceField(label=_("When did you go?"))
    entrance = _box(_("How do you find the way in?"))
    welcome = _box(_("Who greets you, and how?"))
    feel = _box(_("What is it like: noise, light, how many people?"))
    company = _box(_("Can you bring somebody, or just sit and watch?"))
    costs = _box(_("What did you pay: tea, a ticket, nothing?"))
    anything = _box(_("Anything else you wish you had known?"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        first = today.replace(day=1)
        months = []
        for _step in range(MONTHS):
            months.append((first.isoformat(), dates.month(first)))
            first = date(first.year - 1, 12, 1) if first.month == 1 else first.replace(month=first.month - 1)
        self.fields["went_on"].choices = months  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(said.get(name, "").strip() for name in said if name != "went_on"):
            self.add_error("entrance", _("Write something in at least one of the boxes."))
        return said
