"""What somebody may add who told us that something is wrong, and what staff write when they have found out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MoreForm(forms.Form):
    """Both may stay empty."""

    words = forms.CharField(
        label=_("What is true instead?"),
        help_text=_("If you know. Leave out names of people."),
        max_length=1_000,
        required=False,
        error_messages={"max_length": _("Make it shorter: 1,000 letters at most.")},
    )
    contact = forms.CharField(
        label=_("Shall we tell you what came of it?"),
        help_text=_("Your e-mail address or mobile number. We delete it once we have told you."),
        max_length=200,
        required=False,
    )

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"]
        if typed and "@" not in typed and not any(each.isdigit() for each in typed):
            raise forms.ValidationError(
                _("Write an e-mail address like name@example.org, or a mobile number like 07700 900123.")
            )
        return typed


class SentenceForm(forms.Form):
    """A sentence to whoever told us."""

    sentence = forms.CharField(
        label=_("A sentence to whoever told us"),
        help_text=_("It goes after our own, like: They now open at 10."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Make it shorter: 300 letters at most.")},
    )
