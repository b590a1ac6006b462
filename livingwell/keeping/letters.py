"""The words of the message that asks the people of entries whether all is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livingwell.directory.describe import calm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PUT_RIGHT: Final = gettext_lazy("You were right. We have put it right.")
CLOSED: Final = gettext_lazy("It has closed. We have taken it out.")
WAS_RIGHT: Final = gettext_lazy("We asked, and what we say is right.")
NOT_FOUND: Final = gettext_lazy("We tried to find out and could not. We will try again.")
GOT_THROUGH: Final = gettext_lazy("We rang too and got through. Please try once more.")


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


def outcome(name: str, what: str, sentence: str) -> str:
    """What came of a report, for whoever told us: short enough for a text."""
    parts = [
        _("Thank you for telling us about %(name)s.") % {"name": calm(name)},
        what,
        sentence,
        _("We have now deleted your address."),
        _("The Living Well Network"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def several_say_closed(name: str, number: int, *, link: str) -> str:
    """For editors, at once."""
    said = ngettext(
        "%(number)s person says that %(name)s has closed.",
        "%(number)s people say that %(name)s has closed.",
        number,
    ) % {"number": number, "name": calm(name)}
    return f"{said}\n\n" + _("Its page says so until somebody has looked: %(link)s") % {"link": link} + "\n"


def door(organization: str, *, link: str, minutes: int) -> str:
    """The link by which somebody comes in to keep their entries right."""
    return "\n\n".join(
        [
            _("Hello,"),
            _("somebody asked for this link, to keep right what we tell people about %(name)s.")
            % {"name": calm(organization)},
            link,
            _("It works once, within %(minutes)s minutes. You need no password.") % {"minutes": minutes},
            _("If it was not you, do nothing: nothing happens, and nobody else got the link."),
            _("The Living Well Network") + "\n",
        ]
    )


def decided(name: str, *, accepted: bool, reason: str) -> str:
    """What became of a change that waited."""
    said = (
        _("Your change to %(name)s is on its page now.")
        if accepted
        else _("We have not taken over your change to %(name)s.")
    )
    return (
        "\n\n".join(
            part for part in (said % {"name": calm(name)}, reason, _("The Living Well Network")) if part
        )
        + "\n"
    )
