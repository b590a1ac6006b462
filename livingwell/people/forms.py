"""What people type to sign in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from livingwell.core.errors import Refusal
from livingwell.messaging import addresses
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from livingwell.people.models import Role


class SignInForm(forms.Form):
    """One field for either an e-mail address or a mobile number."""

    address = forms.CharField(
        label=_("Your e-mail address or mobile number"),
        max_length=254,
        error_messages={"required": _("Type your e-mail address or your mobile number.")},
    )
    next = forms.CharField(required=False, max_length=500)

    def clean_address(self) -> tuple[Channel, str]:
        """Which way a code can go, and where."""
        typed = self.cleaned_data["address"]
        try:
            if "@" in typed:
                return Channel.EMAIL, addresses.email(typed).lower()
            if re.search(r"\d", typed):
                return Channel.TEXT, addresses.uk_mobile(typed)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        raise ValidationError(
            _(
                "That is neither an e-mail address nor a number. Type one like name@example.com or 07700 900123."
            )
        )


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("The code"),
        max_length=40,
        error_messages={"required": _("Type the six digits we sent you.")},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"\D", "", str(self.cleaned_data["code"]))
        if len(digits) != 6:
            raise ValidationError(_("The code has six digits. Check it and type it again."))
        return digits


class PasswordForm(SignInForm):
    """For whoever chose to have a password."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Type your password.")},
    )


class InviteForm(forms.Form):
    """Whom to ask, and for what."""

    email = forms.CharField(
        label=_("Their e-mail address"),
        max_length=254,
        error_messages={"required": _("Type the e-mail address of the person you want to invite.")},
    )
    role = forms.ChoiceField(
        label=_("What will they do?"), error_messages={"required": _("Choose what they will do.")}
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [role.value for role in roles]
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(role.value, role.label) for role in roles]
        if len(roles) == 1:
            self.initial["role"] = roles[0].value

    def clean_email(self) -> str:
        try:
            return addresses.email(self.cleaned_data["email"]).lower()
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class NameForm(forms.Form):
    """What somebody wants to be called."""

    name = forms.CharField(label=_("What should we call you?"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        return {"name": " ".join(str(self.cleaned_data.get("name") or "").split())}
