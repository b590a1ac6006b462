"""A form made of the boxes of one section of an entry, and the short form for a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livingwell.directory.models import Kind
from livingwell.keeping.sections import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from livingwell.keeping.sections import Box

LONGEST = 5_000


class SectionForm(forms.Form):
    """Each box is a field; empty means: we do not say it."""

    def __init__(self, boxes: Iterable[Box], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for box in boxes:
            field: forms.Field
            if box.how in {"radios", "select"}:
                field = forms.ChoiceField(choices=box.choices, required=False)
            elif box.how == "tick":
                field = forms.CharField(required=False, max_length=3)
            else:
                field = forms.CharField(required=False, max_length=LONGEST)
            field.label, field.help_text, field.initial = box.label, box.hint, box.says
            self.fields[box.name] = field

    def said(self) -> dict[str, str]:
        """What stands in each box."""
        return {name: tidy(str(text)) for name, text in self.cleaned_data.items()}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not name:
            raise forms.ValidationError(_("Write what it is called."))
        return name

    def clean_organization(self) -> str:
        name = str(self.cleaned_data["organization"]).strip()
        if not name:
            raise forms.ValidationError(_("Write who runs it."))
        return name

    def clean_minimum_age(self) -> str:
        return self._age("minimum_age")

    def clean_maximum_age(self) -> str:
        return self._age("maximum_age")

    def _age(self, name: str) -> str:
        typed = str(self.cleaned_data[name]).strip()
        if typed and not (typed.isascii() and typed.isdigit() and int(typed) < 130):
            raise forms.ValidationError(_("Write the age as a number, like 18."))
        return typed


class NewForm(forms.Form):
    """The least that a new entry needs. The rest comes after."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=300,
        error_messages={"required": _("Write what it is called.")},
    )
    organization = forms.CharField(
        label=_("Who runs it?"),
        max_length=300,
        error_messages={"required": _("Write who runs it. It can be the same name.")},
    )
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices, initial=Kind.GROUP)
