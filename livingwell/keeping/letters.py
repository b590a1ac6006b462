"""The words of the message that asks the people of entries whether all is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.directory.describe import calm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def subject(number: int) -> str:
    """Nothing of anybody and of no entry: a subject shows on locked phones."""
    return (
        _("Is this still right? One minute, no password")
        if number == 1
        else _("Still waiting to hear from you")
    )


def body(names: Sequence[str], *, link: str, number: int, until: date, hidden_on: date | None) -> str:
    """A short message in plain text. `hidden_on`: when silence takes the entries out of the suggestions."""
    listed = "\n".join(f"- {calm(name)}" for name in names)
    day = formats.date_format(until, "j F Y")
    parts = [
        _("Hello,"),
        _("the Living Well Network tells people in your area about this:") + f"\n\n{listed}",
        ngettext(
            "Is what we say still right? Look, and press one button. You need no account.",
            "Is what we say of them still right? Look, and press one button for each. You need no account.",
            len(names),
        )
        + f"\n\n{link}",
        _("The link works until %(day)s. Only you have it: please do not pass it on to many people.")
        % {"day": day},
    ]
    if number > 1:
        parts.insert(
            1,
            _(
                "we asked you before and have not heard. People may be travelling to you on what we tell them."
            ),
        )
    if hidden_on:
        parts.append(
            _(
                "If we do not hear from you by %(day)s we will stop suggesting this to people. They can still find it, "
                "with a note that nobody has told us that it is right. One press brings it back at any time."
            )
            % {"day": formats.date_format(hidden_on, "j F Y")}
        )
    parts.append(
        _(
            "If you are not the right person, follow the link and press “This is not mine”. We will not ask you again."
        )
    )
    parts.append(
        _("Thank you. It saves somebody a walk to a closed door.") + "\n" + _("The Living Well Network")
    )
    return "\n\n".join(parts) + "\n"
