"""How dates, distances, numbers and what was typed are written for people."""

import re
from datetime import date, datetime, time

from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livingwell.core import dates

MILES_PER_KM = 0.621371


def day(value: date) -> str:
    """A day as people say it: "Tuesday 3 March 2026"."""
    return dates.weekday(value)


def moment(value: datetime) -> str:
    """A moment as people say it: "Tuesday 3 March, 6:30pm"."""
    here = value.astimezone(timezone.get_current_timezone())
    return f"{dates.this_year(here)}, {hour(here.time())}"


def hour_of(value: datetime) -> str:
    """The time of day of a moment, where people live: 6:30pm."""
    return hour(value.astimezone(timezone.get_current_timezone()).time())


def hour(value: time) -> str:
    """A time of day: 6:30pm, 9am; 18:30 and 9:00 in languages that count to 24."""
    if dates.clock_of_24_hours():
        return f"{value.hour}:{value.minute:02d}"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def kilometres(value: float) -> str:
    """A distance as people here think of it: under a fifth of a mile "very near", else miles."""
    miles = value * MILES_PER_KM
    if miles < 0.2:
        return _("very near")
    rounded = round(miles, 1) if miles < 10 else round(miles)
    whole = rounded == int(rounded)
    said = formats.number_format(int(rounded) if whole else rounded, None if whole else 1)
    return ngettext("about %(miles)s mile", "about %(miles)s miles", 1 if rounded == 1 else 2) % {
        "miles": said
    }


def telephone(number: str) -> str:
    """The number as a tel: link wants it: digits, and a plus where it starts with one."""
    return ("+" if number.strip().startswith("+") else "") + re.sub(r"\D", "", number)


def without_scheme(value: str) -> str:
    """A web address as it is printed and read out: "livingwell.example/directory/"."""
    return re.sub(r"^https?://", "", value)


def web_address(value: str) -> str:
    """A link that a browser can open, or nothing: only http and https are let through."""
    value = value.strip()
    if not value or re.search(r"\s", value):
        return ""
    if re.match(r"https?://", value, re.IGNORECASE):
        return value
    if re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE) or "." not in value:
        return ""
    return f"https://{value}"


def typed(field: BoundField) -> str:
    """What was typed or chosen in a field, as it was; empty when nothing was."""
    value = field.value()
    return "" if value is None else str(value)


def mistake(field: BoundField) -> str:
    """What to put right in a field, in one sentence; empty when it is well."""
    return str(field.errors[0]) if field.errors else ""


def mistake_beside(field: BoundField) -> dict[str, str]:
    """The same as the design system says it beside the field, with its word for those who hear the page read."""
    return {"text": mistake(field), "visuallyHiddenText": _("Error")} if field.errors else {}
