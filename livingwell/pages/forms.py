"""What is chosen before a page is printed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Part

if TYPE_CHECKING:
    from collections.abc import Collection

PRINTED = (Part.STORY, Part.PLAN, Part.CIRCLE, Part.CRISIS_CARD, Part.CONTACT, Part.CONSENTS)


class PaperForm(forms.Form):
    """Which parts go on paper; none ticked: all that one sees."""

    parts = forms.MultipleChoiceField(
        label=_("Which parts?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sees: Collection[Part], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(part.value, part.label) for part in PRINTED if part in sees]
        cast("forms.MultipleChoiceField", self.fields["parts"]).choices = choices


class DeleteForm(forms.Form):
    """The yes to deleting everything."""

    sure = forms.BooleanField(
        label=_("I want all of it deleted"),
        error_messages={"required": _("Tick the box if you want your page deleted.")},
    )
