"""The cells of one row of a plain list under our names, with what was mixed in one cell taken apart."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from livingwell.directory.feeds import mixed
from livingwell.directory.feeds.clean import line, silent, text, yes_or_no
from livingwell.directory.feeds.columns import COLUMNS
from livingwell.directory.feeds.dates import on_the_clock
from livingwell.directory.feeds.day_columns import day_of, in_words
from livingwell.directory.feeds.headings import guessed, known, naming
from livingwell.directory.feeds.times import meetings
from livingwell.directory.feeds.words import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

APART: Final = "several things in one cell: taken apart"
MOVED: Final = "things in the wrong column: put into the right one"
SWAPPED: Final = "latitude and longitude the wrong way round: turned"
METRES: Final = "metres on the National Grid: made into degrees"
ONE_POINT: Final = "a point in one cell: taken apart"
AGES: Final = "ages in words: read as numbers"
WORDED: Final = frozenset({"how_to_get_in", "who_for", "cost", "accessibility"})
AGED: Final = re.compile(
    r"(?:(?:over|under|from|aged?|above|ages)\s+)?\d{1,3}(?:['’]?s)?\s*(?:\+|(?:-|–|to)\s*\d{1,3})?"
    r"(?:\s*(?:and|or) (?:over|above|older|under|younger|up))?", re.IGNORECASE
)  # fmt: skip
EVERYONE: Final = re.compile(
    r"\b(?:anyone|everyone|anybody|everybody|people|persons?|adults?|aged?|ages?|years?|yrs?|old|older|and|or|over|for|"
    r"all|those|the|who|is|are|open|to|s)\b", re.IGNORECASE
)  # fmt: skip
CLOCKED: Final = re.compile(
    r"(?:[T ,]+|\bat\s+)(\d{1,2}(?:[:.]\d{2}){1,2}\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]m)\s*$", re.IGNORECASE
)
DESKS: Final = frozenset(
    """office main reception bookings booking enquiries general mobile mob home work helpline landline day evening
    daytime evenings text whatsapp fax or and both""".split()  # noqa: SIM905
)
"""What is said before a number that is not whose it is."""
MORE: Final = frozenset({"description", "phone", "email", "who_for", "how_to_get_in"})
"""Of these a second column adds to the first."""
TOGETHER: Final = frozenset({"address", "address_2", "address_3"})


def by_our_names(cells: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Cells under our names (two of one name put together), and those of columns we do not know."""
    found: dict[str, str] = {}
    strange: dict[str, str] = {}
    guesses: list[tuple[str, str, str]] = []
    named = naming(tuple(cells))
    for name, cell in sorted(cells.items(), key=lambda item: item[0] not in COLUMNS):
        here = known(name) if name != named else "name"
        if name == "state" and line(cell, silent).lower() not in STATUS:
            here = "county"  # of an address, not of the service
        if here not in COLUMNS and here not in TOGETHER:
            if not day_of(name)[0]:
                guesses.append((name, guessed(name), cell))
        elif not str(cell or "").strip():
            found.setdefault(here, "")
        else:
            _put(found, here, _answered(name, here, cell))
    for name, here, cell in guesses:
        full = found.get(here, "").strip()
        if here and str(cell or "").strip() and (not full or here in MORE):
            _put(found, here, _answered(name, here, cell))
        elif full != str(cell or "").strip():
            strange[name] = cell
    if hours := in_words(cells):
        _put(found, "days_and_times", hours)
    return found, strange


def _put(found: dict[str, str], name: str, cell: str) -> None:
    """Two cells of one name are put together, but not where one says it all."""
    before, now = found.get(name, "").strip(), cell.strip()
    if before and now in before:
        return
    found[name] = f"{before}{_joint(name)}{now}" if before and before not in now else cell


def _answered(name: str, here: str, cell: str) -> str:
    """Yes or no in a column of words means what its heading says."""
    if here == "cost" and "free" in name and (free := yes_or_no(cell, silent)) is not None:
        return "Free" if free else "Not free"
    if here in WORDED and yes_or_no(cell, silent) is not None and not cell.strip().isdigit():
        return f"{name.replace('_', ' ').capitalize()}: {cell.strip().lower()}"
    return cell


def _joint(name: str) -> str:
    return "\n\n" if name in {"description", "alert", "what_to_expect", "who_for", "how_to_get_in"} else "; "


def tidied(cells: dict[str, str], tell: Callable[[str, str, str], None]) -> dict[str, str]:
    """The same cells with each thing in its own place. `tell(kind, before, after)` says what was moved."""
    for name in ("name", "organization", "place_name"):
        if cells.get(name):
            cells[name] = line(cells[name], lambda kind, was, now: tell(kind, str(was), str(now)))
    _in_touch(cells, tell)
    _place(cells, tell)
    _ages(cells, tell)
    _when(cells)
    return cells


def _in_touch(cells: dict[str, str], tell: Callable[[str, str, str], None]) -> None:
    phone, email, site = (cells.get(name, "").strip() for name in ("phone", "email", "website"))
    if said := text(cells.pop("contact_details", ""), silent):
        found = mixed.ways(said)
        if found.phones and not found.rest and (who := found.phones[0][1]) and who.casefold() not in DESKS:
            found.phones[0], found.rest = (found.phones[0][0], ""), who
        if found.rest and not cells.get("contact_name"):
            cells["contact_name" if len(found.rest) <= 60 else "phone_note"] = found.rest
        phone = "; ".join(filter(None, [phone, *(_phone(one) for one in found.phones)]))
        email = "; ".join(filter(None, [email, *found.emails]))
        site = "; ".join(filter(None, [site, *found.sites]))
        if found.phones or found.emails or found.sites:
            apart = [*(_phone(one) for one in found.phones), *found.emails, *found.sites, found.rest]
            tell(APART, said, " | ".join(filter(None, apart)))
    if "@" in phone or "www" in phone or "/" in phone or "," in phone or " or " in phone or "http" in phone:
        found = mixed.ways(phone)
        if found.phones or found.emails or found.sites:
            phones = "; ".join(_phone(one) for one in found.phones)
            if found.rest:
                cells["phone_note"] = "; ".join(filter(None, [cells.get("phone_note", ""), found.rest]))
            email = "; ".join(filter(None, [email, *found.emails]))
            site = "; ".join(filter(None, [site, *found.sites]))
            tell(APART, phone, " | ".join(filter(None, [phones, *found.emails, *found.sites])))
            phone = phones
    for name, words in (("email", email), ("website", site)):
        if not words or (words.count("@") == (name == "email") and " " not in words and ";" not in words):
            continue
        found = mixed.ways(words)
        if name == "email":
            email, more, other = (found.emails or [""])[0], found.emails[1:], found.sites
            site = site or "; ".join(other)
        else:
            site, more, other = (found.sites or [words])[0], found.sites[1:], found.emails
            email = email or (other or [""])[0]
        if found.phones and not phone:
            phone = "; ".join(_phone(one) for one in found.phones)
        if more or other or found.phones:
            kind = APART if more or (found.emails and found.sites) else MOVED
            tell(kind, words, " | ".join([email, site, phone]))
            if more:
                cells["other_emails" if name == "email" else "other_sites"] = "; ".join(more)
        elif name == "email" and not found.emails:
            email = words  # the cleaning says why it cannot be right
    if not email.count("@") and email and not phone and (numbers := mixed.ways(email).phones):
        tell(MOVED, email, numbers[0][0])
        phone, email = _phone(numbers[0]), ""
    cells["phone"], cells["email"], cells["website"] = phone, email, site


def _phone(one: tuple[str, str]) -> str:
    number, said = one
    return f"{number} ({said})" if said else number


def _place(cells: dict[str, str], tell: Callable[[str, str, str], None]) -> None:
    lines = [cells.pop(name, "") for name in ("address_2", "address_3")]
    address = ", ".join(
        filter(None, (" ".join(words.split()).strip(" ,") for words in (cells.get("address", ""), *lines)))
    )
    if "\n" in cells.get("address", ""):
        pieces = [piece.strip(" ,") for piece in text(cells["address"], silent).splitlines()]
        address = ", ".join(filter(None, [*pieces, *(words.strip() for words in lines)]))
    if address and not cells.get("postcode", "").strip():
        code, left = mixed.postcode_of(address)
        if code:
            tell(APART, address, f"{left} | {code}")
            cells["postcode"], address = code, left
    cells["address"] = address
    if (name := cells.get("place_name", "")) and not cells.get("postcode", "").strip() and not address:
        code, left = mixed.postcode_of(" ".join(name.split()))
        if code:
            tell(APART, name, f"{left} | {code}")
            first, _, rest = left.partition(",")
            cells["place_name"], cells["address"], cells["postcode"] = first, rest.strip(), code
    latitude, longitude = cells.get("latitude", "").strip(), cells.get("longitude", "").strip()
    written = cells.pop("coordinates", "") if not latitude else "" if longitude else latitude
    if written and (found := mixed.point(written)):
        cells["latitude"], cells["longitude"] = (f"{value:.7g}" for value in found)
        tell(ONE_POINT, written, f"{found[0]}, {found[1]}")
    cells.pop("coordinates", None)
    easting, northing = cells.pop("easting", "").strip(), cells.pop("northing", "").strip()
    if easting and northing and not cells.get("latitude", "").strip():
        if found := mixed.metres(easting, northing):
            cells["latitude"], cells["longitude"] = (f"{value:.6f}" for value in found)
            tell(METRES, f"{easting}, {northing}", f"{found[0]:.5f}, {found[1]:.5f}")
        else:
            _try_degrees(cells, northing, easting)
    if county := line(cells.pop("county", ""), silent):
        cells["state_province"] = county


def _try_degrees(cells: dict[str, str], north: str, east: str) -> None:
    """Columns called x and y may hold degrees."""
    try:
        cells["latitude"], cells["longitude"] = str(float(north)), str(float(east))
    except ValueError:
        return


def _ages(cells: dict[str, str], tell: Callable[[str, str, str], None]) -> None:
    words = line(cells.pop("ages", ""), silent) or _only_ages(line(cells.get("who_for"), silent))
    for name in ("minimum_age", "maximum_age"):
        said = line(cells.get(name), silent)
        if said and not said.isdigit() and mixed.ages(said):
            cells[name], words = "", words or said
    if not words:
        return
    found = mixed.ages(words)
    if found is None:
        said = line(cells.get("who_for"), silent)
        cells["who_for"] = f"{said}\n\nAges: {words}".strip() if said else f"Ages: {words}"
        return
    for name, age in zip(("minimum_age", "maximum_age"), found, strict=True):
        if age is not None and not line(cells.get(name), silent):
            cells[name] = str(age)
    tell(AGES, words, " to ".join("" if age is None else str(age) for age in found).strip())


def _only_ages(words: str) -> str:
    """Words about whom it is for that speak of them by their age alone: "Anyone over 55", not "carers of over 65s"."""
    left = EVERYONE.sub(" ", AGED.sub(" ", words))
    return words if AGED.search(words) and not any(char.isalnum() for char in left) else ""


def _dated(cells: dict[str, str], starts: str, ends: str) -> tuple[str, str]:
    """The first and last day without their hours, which go to the start and the end."""
    date = line(cells.pop("date", ""), silent)
    if date and not cells.get("first_day") and (starts or CLOCKED.search(date)):
        cells["first_day"] = date
    hours = [starts, ends]
    for place, name in enumerate(("first_day", "last_day")):
        said = line(cells.get(name), silent)
        if isinstance(there := on_the_clock(said), datetime):
            said = f"{there:%Y-%m-%d %H:%M}"
        if found := CLOCKED.search(said):
            cells[name] = said[: found.start()].strip(" ,")
            hours[place] = hours[place] or ("" if found[1].startswith("00:00") else found[1])
    return hours[0], hours[1]


def _when(cells: dict[str, str]) -> None:
    """A day, a start and an end in columns of their own, said as one."""
    days, starts, ends = (line(cells.pop(name, ""), silent) for name in ("days", "starts", "ends"))
    starts, ends = _dated(cells, starts, ends)
    said = cells.get("days_and_times", "").strip()
    if not days and said and (starts or ends):
        found, unread = meetings(said)
        if found and not unread and not any(one["opens_at"] for one in found):
            days, said = said, ""
    if not days and not said and cells.get("first_day"):
        cells["starts"], cells["ends"] = _clock(starts), _clock(ends)  # it is on once
        return
    if starts and ends:
        hours = f"{_clock(starts)}-{_clock(ends)}"
    else:
        hours = _clock(starts) or (f"until {_clock(ends)}" if ends else "")
    if days and hours:
        cells["days_and_times"] = "; ".join(filter(None, [f"{days} {hours}", said]))
    elif days and said and not re.search(r"day|mon|tue|wed|thu|fri|sat|sun", said, re.IGNORECASE):
        cells["days_and_times"] = f"{days} {said}"
    elif days or hours:
        cells["days_and_times"] = "; ".join(filter(None, [days or hours, said]))


def _clock(words: str) -> str:
    found = re.fullmatch(r"(\d{1,2}:\d{2}):\d{2}", words)
    if found:
        return found[1]
    try:
        part = float(words)
    except ValueError:
        return words
    if 0 < part < 1:  # a time as a spreadsheet keeps it: part of a day
        minutes = round(part * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return words
