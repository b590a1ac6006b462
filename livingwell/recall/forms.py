"""What people type and tick to keep in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from livingwell.recall.queries import Reachable


class AlliesForm(forms.Form):
    """Who is told on a bad day."""

    def __init__(self, *args: Any, offered: Iterable[Reachable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allies"] = forms.TypedMultipleChoiceField(
            label=_("Who would you like us to tell?"),
            required=False,
            coerce=UUID,
            choices=[(str(one.whom), _named(one)) for one in offered],
            error_messages={"invalid_choice": _("Choose from the list.")},
        )


def _named(one: Reachable) -> str:
    return one.called if one.member else _("%(name)s, your link worker") % {"name": one.called}
