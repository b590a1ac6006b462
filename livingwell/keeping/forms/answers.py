"""What the people of an entry, and volunteers who ring them, may write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.keeping.room import Room, Says

if TYPE_CHECKING:
    from datetime import date

ROOM: Final = (
    (Says.ROOM.value, _("There is room for more")),
    (Says.ASK.value, _("Ask first")),
    (Says.WAITING.value, _("There is a waiting list")),
    (Says.FULL.value, _("It is full")),
)


class CorrectionForm(forms.Form):
    """The fields that change most. Empty means: we do not say it."""

    phone = forms.CharField(label=_("Phone number to ring"), max_length=80, required=False)
    hours = forms.CharField(
        label=_("When it is on"),
        help_text=_("One line each, like: Tuesday 7pm to 8:30pm"),
        max_length=2_000,
        required=False,
    )
    cost = forms.CharField(label=_("What it costs"), max_length=500, required=False)
    getting_in = forms.CharField(
        label=_("How to get in"),
        help_text=_("Like: Just come. Or: Ring first."),
        max_length=1_000,
        required=False,
    )
    website = forms.CharField(label=_("Website"), max_length=500, required=False)
    alert = forms.CharField(
        label=_("Anything to know before going"),
        help_text=_("Like: Closed for building work until May"),
        max_length=500,
        required=False,
    )
    name = forms.CharField(label=_("Name"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        error_messages={"invalid": _("Write the e-mail address like name@example.org.")},
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Write what it is called."))
        return name

    def clean_phone(self) -> str:
        number = str(self.cleaned_data["phone"])
        if number and not any(char.isdigit() for char in number):
            raise forms.ValidationError(_("Write the phone number with its digits, like 020 7946 0000."))
        return number


class RoomForm(forms.Form):
    """How much room there is."""

    room = forms.ChoiceField(
        label=_("How much room is there?"),
        choices=ROOM,
        error_messages={
            "required": _("Choose one of the four."),
            "invalid_choice": _("Choose one of the four."),
        },
    )
    weeks = forms.IntegerField(
        label=_("About how many weeks is the wait?"),
        help_text=_("If there is a waiting list"),
        min_value=1,
        max_value=260,
        required=False,
        error_messages={
            "invalid": _("Write the weeks as a number, like 6."),
            "min_value": _("Write a number of weeks from 1 to 260."),
            "max_value": _("Write a number of weeks from 1 to 260."),
        },
    )
    until = forms.DateField(
        label=_("Full until which day?"),
        help_text=_("If it is full and you know. Like 31/3/2027"),
        input_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
        required=False,
        error_messages={"invalid": _("Write the day like 31/3/2027.")},
    )

    def __init__(self, *given: Any, on: date, **named: Any) -> None:
        """`on`: today, before which nothing can be full until."""
        super().__init__(*given, **named)
        self.on = on

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.on:
            raise forms.ValidationError(_("That day has passed. Write a day from today, or leave it empty."))
        return until

    def clean(self) -> None:
        found = super().clean() or {}
        for name, says, advice in (
            ("weeks", Says.WAITING, _("Choose “There is a waiting list” too, or take the weeks out.")),
            ("until", Says.FULL, _("Choose “It is full” too, or take the day out.")),
        ):
            if found.get(name) and found.get("room", says) != says:
                self.add_error(name, advice)

    def said(self) -> Room:
        """The answer, with only what belongs to it."""
        found: dict[str, Any] = self.cleaned_data
        says = Says(found["room"])
        return Room(
            says,
            weeks=found["weeks"] if says is Says.WAITING else None,
            until=found["until"] if says is Says.FULL else None,
        )


class RoomHeardForm(RoomForm):
    """The same beside other questions, where nothing need be said of it."""

    room = forms.ChoiceField(
        label=_("How much room is there?"), choices=(("", _("Not asked")), *ROOM), required=False
    )


class NoteForm(forms.Form):
    """A few words about a call, for whoever comes next. Not about people."""

    note = forms.CharField(
        label=_("A note for whoever comes next"),
        help_text=_("About the place, not about a person"),
        max_length=500,
        required=False,
    )
