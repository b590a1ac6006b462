"""Where to send what was chosen: a number or an address, nothing else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses


class TextForm(forms.Form):
    """A UK mobile number."""

    to = forms.CharField(
        label=_("Your mobile number"),
        max_length=40,
        error_messages={"required": _("Type a UK mobile number, such as 07700 900123.")},
    )
    occasion = forms.UUIDField(widget=forms.HiddenInput)

    def clean_to(self) -> str:
        try:
            return addresses.uk_mobile(self.cleaned_data["to"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class EmailForm(forms.Form):
    """An e-mail address."""

    to = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Type an e-mail address with an @ in it, such as name@example.com.")},
    )
    occasion = forms.UUIDField(widget=forms.HiddenInput)

    def clean_to(self) -> str:
        try:
            return addresses.email(self.cleaned_data["to"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
