"""What somebody types about a step: what it is, who walks along, when to ask again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.core.forms import Asking
from livingwell.steps.models import Stage, Walks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from livingwell.steps.queries.beside import Beside

LONGEST = 500
LONGER = 2_000
TOO_LONG = {"max_length": _("Say it in fewer words: up to %(limit_value)d letters.")}
NO_DAY = {"invalid": _("Write the day as 25/12/2026.")}
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"]


def _words(label: Any, longest: int = LONGEST, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        error_messages=TOO_LONG | {"required": _("Write a few words first.")},
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=DAY_FORMATS, error_messages=NO_DAY)


class NewForm(Asking):
    """A step in somebody's own words, and when its turn is."""

    OF_OTHERS = {"words": _("What would they like to do?")}
    words = _words(_("What would you like to do?"), required=True)
    stage = forms.ChoiceField(
        label=_("When is its turn?"), choices=Stage.choices, initial=Stage.NOW, required=False
    )

    def clean_stage(self) -> Stage:
        return Stage(self.cleaned_data["stage"] or Stage.NOW)


class PieceForm(forms.Form):
    """A smaller step inside a step."""

    words = _words(_("A smaller piece of it"), required=True)


class ChangeForm(Asking):
    """All that a step says. `version`: what the person who writes has read."""

    OF_OTHERS = {
        "words": _("What would they like to do?"),
        "why": _("Why it matters to them"),
        "ask_on": _("When may we ask them how it goes?"),
    }
    words = _words(_("What would you like to do?"), required=True)
    why = _words(_("Why it matters to me"), LONGER)
    first = _words(_("The first small thing to do"))
    stage = forms.ChoiceField(label=_("When is its turn?"), choices=Stage.choices)
    ask_on = _day(_("When may we ask you how it goes?"))
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """Another day to be asked: so many weeks on, or a day that somebody names."""

    weeks = forms.TypedChoiceField(
        label=_("Choose one"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            (1, _("In a week")),
            (4, _("In four weeks")),
            (13, _("In three months")),
        ],
    )
    day = _day(_("Or on a day that you choose"))

    def on(self, today: date) -> date | None:
        """The day, or nothing where none is named. A day that is named counts more than the weeks."""
        named: date | None = self.cleaned_data["day"]
        weeks: int | None = self.cleaned_data["weeks"]
        return named or (today + timedelta(weeks=weeks) if weeks else None)


class ReasonForm(Asking):
    """Why something is not for somebody. It may stay empty."""

    OF_OTHERS = {"reason": _("Why is it not for them?")}
    reason = _words(_("Why is it not for you?"))


class WithForm(Asking):
    """Who walks along: the person alone, somebody beside them, or a name."""

    who = forms.ChoiceField(
        label=_("Choose one"),
        error_messages={"required": _("Choose who walks with you. It can be you alone.")},
    )
    name = _words(_("Their name, or what you call them"))

    def __init__(self, *args: Any, beside: Sequence[Beside] = (), own: bool = True, **named: Any) -> None:
        super().__init__(*args, own=own, **named)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (Walks.SELF.value, Walks.SELF.label if own else _("They will do this themself")),
            *((one.key, one.label) for one in beside),
            (Walks.NAME.value, Walks.NAME.label),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == Walks.NAME and not cleaned.get("name"):
            self.add_error("name", _("Write their name, or what you call them."))
        return cleaned


class NearForm(forms.Form):
    """Roughly where somebody is: kept nowhere."""

    near = forms.CharField(label=_("Where are you, roughly?"), required=False, max_length=80)
