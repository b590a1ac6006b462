"""How opening times are said: "Monday to Friday, 9am to 5pm", "First Tuesday of the month, 11am to noon"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.core import dates
from livingwell.core.filters import hour
from livingwell.core.languages import AsWritten
from livingwell.directory.opening import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, time

    from livingwell.directory.opening import Times

NAMES: Final = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
PLURALS: Final = (
    gettext_lazy("Mondays"),
    gettext_lazy("Tuesdays"),
    gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"),
    gettext_lazy("Fridays"),
    gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)
ORDINALS: Final = {
    1: gettext_lazy("First"),
    2: gettext_lazy("Second"),
    3: gettext_lazy("Third"),
    4: gettext_lazy("Fourth"),
    5: gettext_lazy("Fifth"),
    -1: gettext_lazy("Last"),
    -2: gettext_lazy("Second to last"),
}


def when(schedules: Iterable[Times]) -> list[str]:
    """Each time that something is on as a line; days with the same hours share one. Empty if not known.

    What is closed comes last. `opening_read.read` understands each of these lines.
    """
    groups: dict[tuple[object, ...], list[Times]] = {}
    for times in schedules:
        groups.setdefault(_same_but_days(times), []).append(times)
    lines: list[tuple[tuple[int, str], str]] = []
    for group in groups.values():
        line = _line(group)
        if line:
            lines.append((_place_in_week(group), line))
    return list(dict.fromkeys(line for _where, line in sorted(lines, key=lambda pair: pair[0])))


def clock(value: time) -> str:
    """A time of day as people say it: 9am, 6:30pm, noon, midnight."""
    if value.minute == 0 and value.hour in (0, 12):
        return _("midnight") if value.hour == 0 else _("noon")
    return hour(value)


def days(positions: Sequence[int], *, whole_days: bool = False) -> str:
    """Days of the week, 0 Monday to 6 Sunday: "Every Monday", "Mondays and Fridays", "Monday to Friday"."""
    ordered = sorted(set(positions))
    if len(ordered) == 7:
        return _("Every day")
    if len(ordered) == 1:
        return _("Every %(day)s") % {"day": NAMES[ordered[0]]}
    runs: list[list[int]] = []
    for day in ordered:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) == 1 and len(ordered) > 2:
        return _("%(first)s to %(last)s") % {"first": NAMES[ordered[0]], "last": NAMES[ordered[-1]]}
    return _listed([str(PLURALS[day]) for day in ordered])


def _same_but_days(times: Times) -> tuple[object, ...]:
    return (
        times.freq,
        times.interval,
        times.bymonthday,
        times.opens_at,
        times.closes_at,
        times.valid_from,
        times.valid_to,
        times.until,
        times.dtstart if times.interval > 1 or times.count or not times.freq else None,
        times.description if not times.freq else "",
        times.closed,
        times.bank_holidays,
        times.term_time,
        times.count,
    )


def _place_in_week(group: Sequence[Times]) -> tuple[int, str]:
    """Where a line stands among others: by its first day, then by its hour; what is closed comes last."""
    if group[0].closed:
        return 8, str(group[0].dtstart or group[0].valid_from or "")
    first = min(
        (DAYS.index(part[-2:]) for times in group for part in times.byday.split(",") if part), default=7
    )
    return first, str(group[0].opens_at or "")


def _line(group: Sequence[Times]) -> str:
    times = group[0]
    if times.closed:
        return _closed(group)
    if not times.freq and not times.dtstart:
        return AsWritten(times.description.strip())
    on = _on_days(group)
    if times.bank_holidays == "only":
        on = (
            _("On bank holidays")
            if len(set(_weekdays(group))) in (0, 7)
            else _("%(days)s that are bank holidays") % {"days": on}
        )
    if times.whole_day:
        hours = _("all day")
    elif times.opens_at and times.closes_at:
        hours = _("%(from)s to %(to)s") % {"from": clock(times.opens_at), "to": clock(times.closes_at)}
    elif times.opens_at:
        hours = _("from %(from)s") % {"from": clock(times.opens_at)}
    elif times.closes_at:
        hours = _("until %(to)s") % {"to": clock(times.closes_at)}
    else:
        hours = ""
    line = ", ".join(part for part in (on, hours, _season(times), *_only(times)) if part)
    return line[:1].upper() + line[1:]


def _closed(group: Sequence[Times]) -> str:
    times = group[0]
    if times.freq:
        return _("Closed: %(days)s") % {"days": ", ".join(filter(None, (_on_days(group), _season(times))))}
    if times.dtstart:
        return _("Closed on %(day)s") % {"day": _date(times.dtstart)}
    first, last = times.valid_from, times.valid_to or times.until
    if first and last:
        return _("Closed from %(first)s until %(last)s") % {"first": _date(first), "last": _date(last)}
    if first:
        return _("Closed from %(first)s") % {"first": _date(first)}
    if last:
        return _("Closed until %(last)s") % {"last": _date(last)}
    return AsWritten(times.description.strip())


def _only(times: Times) -> list[str]:
    """What limits a rule besides days and hours."""
    said = []
    if times.term_time:
        said.append(_("in term time only"))
    if times.bank_holidays == "closed":
        said.append(_("not on bank holidays"))
    if times.bank_holidays == "open" and not times.always:
        said.append(_("bank holidays too"))
    return said


def _weekdays(group: Sequence[Times]) -> list[int]:
    return [DAYS.index(part[-2:]) for times in group for part in times.byday.split(",") if part]


def _on_days(group: Sequence[Times]) -> str:
    times = group[0]
    parts = [part for each in group for part in each.byday.split(",") if part]
    if not times.freq:
        return _date(times.dtstart) if times.dtstart else ""
    if times.freq == "MONTHLY":
        if not parts:
            return _monthly_by_number(times)
        named = [_nth(part) for part in dict.fromkeys(parts)]
        words = _listed([named[0], *(name[0].lower() + name[1:] for name in named[1:])])
        if times.interval > 1:
            return _("%(days)s of every %(count)s months") % {"days": words, "count": times.interval}
        return _("%(days)s of the month") % {"days": words}
    on = [DAYS.index(part[-2:]) for part in parts]
    if not on:
        on = [times.dtstart.weekday()] if times.dtstart else list(range(7))
    if times.interval > 1:
        names = _listed([str(NAMES[day]) for day in sorted(set(on))])
        return _("Every %(count)s weeks on %(days)s") % {"count": times.interval, "days": names}
    return days(on)


def _monthly_by_number(times: Times) -> str:
    numbers = times.bymonthday or (str(times.dtstart.day) if times.dtstart else "")
    if not numbers:
        return _("Every month")
    return _("On day %(numbers)s of the month") % {"numbers": _listed(numbers.split(","))}


def _nth(part: str) -> str:
    day = NAMES[DAYS.index(part[-2:])]
    number = part[:-2].lstrip("+")
    if not number or number == "-":
        return _("Every %(day)s") % {"day": day}
    ordinal = ORDINALS.get(int(number), number)
    return f"{ordinal} {day}"


def _season(times: Times) -> str:
    """From which day until which, where that is said. A single day has no season."""
    if not times.freq:
        return ""
    if times.count and times.dtstart:
        return _("%(count)s times from %(first)s") % {"count": times.count, "first": _date(times.dtstart)}
    last = min((day for day in (times.valid_to, times.until) if day), default=None)
    if times.valid_from and last:
        return _("from %(first)s until %(last)s") % {"first": _date(times.valid_from), "last": _date(last)}
    if last:
        return _("until %(last)s") % {"last": _date(last)}
    if times.interval > 1 and times.dtstart:
        return _("starting %(first)s") % {"first": _date(times.dtstart)}
    return ""


def _date(value: date) -> str:
    return dates.weekday(value)


def _listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}
