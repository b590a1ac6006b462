"""What people type about those around them, and when they invite one of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.circles.models import Close, Ring, Sent, Who
from livingwell.consent.models import PARTS, How
from livingwell.core.errors import Refusal
from livingwell.core.forms import Asking
from livingwell.messaging import addresses

if TYPE_CHECKING:
    from datetime import datetime

NOTHING: Final = ("", _("I’d rather not say"))
NUMBER: Final = re.compile(r"[+\d\s().\-–/]+")


class MemberForm(Asking):
    """Who somebody is. Nothing is needed but what they are called."""

    OF_OTHERS = {
        "called": _("What they call them"),
        "who": _("Who that is to them, in their words"),
        "who_words": _("Or in words of their own"),
        "ring": _("May others ring that person? In their words"),
        "together": _("What they do together, or what that person helps with"),
        "supports": _("“They look after me or help me often”"),
        "again": _("“I’d like to be in touch with them again”"),
    }

    called = forms.CharField(
        label=_("What you call them"),
        max_length=80,
        error_messages={
            "required": _("Say what you call them. It can be any name you like."),
            "max_length": _("Make the name shorter: up to 80 letters."),
        },
    )
    who = forms.ChoiceField(label=_("Who they are to you"), choices=[*Who.choices, NOTHING], required=False)
    who_words = forms.CharField(label=_("Or in your own words"), required=False, max_length=120)
    close = forms.ChoiceField(label=_("How close they are"), choices=Close.choices, required=False)
    ring = forms.ChoiceField(
        label=_("May others ring them for you?"), choices=[*Ring.choices, NOTHING], required=False
    )
    reason = forms.CharField(label=_("Why not, or when"), required=False, max_length=2000)
    phone = forms.CharField(label=_("Their phone number"), required=False, max_length=30)
    email = forms.CharField(label=_("Their e-mail address"), required=False, max_length=254)
    together = forms.CharField(
        label=_("What you do together, or what they help with"), required=False, max_length=2000
    )
    supports = forms.BooleanField(label=_("They look after me or help me often"), required=False)
    again = forms.BooleanField(label=_("I’d like to be in touch with them again"), required=False)

    def __init__(self, *args: Any, with_reason: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not with_reason:
            del self.fields["reason"]

    def clean_close(self) -> str:
        return str(self.cleaned_data["close"]) or Close.MIDDLE.value

    def clean_phone(self) -> str:
        typed = " ".join(str(self.cleaned_data["phone"]).split())
        if typed and not (NUMBER.fullmatch(typed) and len(re.sub(r"\D", "", typed)) >= 5):
            raise ValidationError(_("Type a phone number in digits, such as 020 7946 0123, or leave it out."))
        return typed

    def clean_email(self) -> str:
        return _whole_email(self.cleaned_data["email"])


class Lasting(models.TextChoices):
    """How long somebody may see it."""

    MONTH = "month", _("For a month")
    SEASON = "season", _("For three months")
    YEAR = "year", _("For a year")


DAYS: Final = {Lasting.MONTH: 30, Lasting.SEASON: 91, Lasting.YEAR: 365}


class InviteForm(forms.Form):
    """What somebody may see, until when, and how the link reaches them."""

    parts = forms.MultipleChoiceField(
        label=_("What they may see"),
        choices=[(part.value, part.label) for part in PARTS],
        error_messages={"required": _("Choose at least one part.")},
    )
    lasts = forms.ChoiceField(label=_("Until when"), choices=Lasting.choices)
    sent = forms.ChoiceField(
        label=_("How the link gets to them"),
        choices=Sent.choices,
        error_messages={"required": _("Choose how the link gets to them.")},
    )
    to = forms.CharField(label=_("Their e-mail address or mobile number"), required=False, max_length=254)
    signed = forms.CharField(label=_("Your name in the message"), required=False, max_length=60)
    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[(how.value, how.label) for how in How if how != How.SCREEN],
        error_messages={"required": _("Choose how they said yes.")},
    )
    said = forms.CharField(
        label=_("What they said, in their words"),
        max_length=2000,
        error_messages={"required": _("Write down what they said.")},
    )

    def __init__(self, *args: Any, own: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if own:
            del self.fields["how"], self.fields["said"]

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if (sent := known.get("sent")) in {Sent.EMAIL, Sent.TEXT} and "to" in known:
            try:
                check = addresses.email if sent == Sent.EMAIL else addresses.uk_mobile
                check(known["to"])
            except Refusal as refusal:
                self.add_error("to", str(refusal))
        return known

    def lasts_until(self, at: datetime) -> datetime:
        """The moment at which sight of the page ends."""
        return at + timedelta(days=DAYS[Lasting(self.cleaned_data["lasts"])])


def _whole_email(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return addresses.email(typed)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from refusal
