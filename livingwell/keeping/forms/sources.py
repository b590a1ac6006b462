"""A source as staff enter it: where its entries are, how they are read, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.directory.models import Way

if TYPE_CHECKING:
    from collections.abc import Collection

OFTEN: Final = (
    ("1", gettext_lazy("Every hour")),
    ("6", gettext_lazy("Every 6 hours")),
    ("24", gettext_lazy("Every day")),
    ("168", gettext_lazy("Every week")),
)


class SourceForm(forms.Form):
    """`taken`: the short names that other sources have."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give it a name, so that others know what it is.")},
    )
    way = forms.ChoiceField(label=gettext_lazy("How is it read?"), choices=Way.choices, initial=Way.API)
    url = forms.CharField(label=gettext_lazy("Where is it?"), max_length=500, required=False)
    every_hours = forms.ChoiceField(label=gettext_lazy("How often?"), choices=OFTEN, initial="24")
    licence = forms.CharField(
        label=gettext_lazy("Under which licence, if you know?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, taken: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = taken
        every = str(self.initial.get("every_hours", "24"))
        if every not in dict(OFTEN):
            label = _("Every %(hours)s hours") % {"hours": every}
            self.fields["every_hours"].choices = [*OFTEN, (every, label)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        url = str(said.get("url", "")).strip()
        if said.get("way") != Way.HAND and not url:
            self.add_error("url", _("Write the web address that we should read from."))
        elif url and not url.lower().startswith(("https://", "http://")):
            self.add_error("url", _("Write the whole web address, with https:// in front."))
        return said

    @property
    def slug(self) -> str:
        """A short name that no other source has."""
        base = slugify(self.cleaned_data["name"])[:70] or "source"
        return next(
            name
            for name in (base, *(f"{base}-{number}" for number in range(2, 10_000)))
            if name not in self.taken
        )

    @property
    def reads(self) -> bool:
        return bool(self.cleaned_data["way"] != Way.HAND)

    @property
    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"every_hours": int(self.cleaned_data["every_hours"])}
