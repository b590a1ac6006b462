"""Forms that ask the person themself, or somebody else about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping


class Asking(forms.Form):
    """Asks the person themself, or, with `own` false, somebody else about them."""

    OF_OTHERS: ClassVar[Mapping[str, Any]] = {}
    """What a field is called where somebody else answers."""

    def __init__(self, *args: Any, own: bool = True, **named: Any) -> None:
        super().__init__(*args, **named)
        if not own:
            for name, label in self.OF_OTHERS.items():
                self.fields[name].label = label
