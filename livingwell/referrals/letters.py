"""The words of the messages about an introduction. None of them says anything about the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date


def subject() -> str:
    """Nothing about anybody: a subject shows on locked phones."""
    return _("Somebody would like to be introduced to you")


def asking(service: str, link: str, answer_by: date | None) -> str:
    """What a receiver gets: a link, and by when an answer is hoped for."""
    parts = [
        _("Hello,"),
        _(
            "somebody would like to be introduced to %(service)s. What they want you to know is behind this link:"
        )
        % {"service": service},
        link,
        _("You need no account. Press “Yes”, or “Not now” and say why. Please do not pass the link on."),
    ]
    if answer_by:
        day = formats.date_format(answer_by, "l j F")
        parts.append(_("If we have not heard by %(day)s, it goes back to whoever sent it.") % {"day": day})
    return "\n\n".join(parts)


def came_back(address: str) -> tuple[str, str]:
    """Subject and words for who sent it and for the link worker: that something came back, and nothing of whom."""
    words = _("Something you see to has come back. Sign in to see what, and what else there is.")
    return _("Something came back to you"), "\n\n".join(filter(None, (words, address)))


def there_is_news(address: str) -> tuple[str, str]:
    """Subject and words for who sent it: that there is news of it, and nothing of whom."""
    words = _("There is news of an introduction that you sent. Sign in to see what came of it.")
    return _("There is news of what you sent"), "\n\n".join(filter(None, (words, address)))


def what_came_of_it(link: str, days: int) -> tuple[str, str]:
    """Subject and words for whom the person chose to be told what came of it: a link, and nothing of whom."""
    words = [
        _("Hello,"),
        _(
            "somebody who lets you see their plan wants you to know what came of an introduction. Open this link:"
        ),
        link,
        _(
            "You need no account. The link works for %(days)s days, or until they stop it. Please do not pass it on."
        )
        % {"days": days},
    ]
    return _("What came of an introduction"), "\n\n".join(words)
