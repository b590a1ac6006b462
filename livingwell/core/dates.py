"""How days are said, in the order and with the little words of each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext_noop, pgettext

if TYPE_CHECKING:
    from datetime import date, datetime

NAMES = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
"""Django asks for these by name: here they are for the languages that it does not speak."""


def day_of(moment: datetime) -> date:
    """The day of a moment, where people live."""
    return moment.astimezone(timezone.get_current_timezone()).date()


def weekday(value: date) -> str:
    """Tuesday 3 March 2026."""
    return formats.date_format(value, pgettext("date format", "l j F Y"))


def this_year(value: date) -> str:
    """Tuesday 3 March."""
    return formats.date_format(value, pgettext("date format", "l j F"))


def day(value: date) -> str:
    """3 March 2026."""
    return formats.date_format(value, pgettext("date format", "j F Y"))


def month(value: date) -> str:
    """March 2026."""
    return formats.date_format(value, pgettext("date format", "F Y"))


def clock_of_24_hours() -> bool:
    """Whether hours are said as 18:30 rather than 6:30pm. Translators answer 24 or 12."""
    return pgettext("clock", "12") == "24"
