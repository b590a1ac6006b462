"""Rows of any format in which one field holds several things: a row for each thing, and a word about it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds import day_columns, mixed, rrule
from livingwell.directory.feeds.clean import silent
from livingwell.directory.feeds.model import Mended, Piece, Row
from livingwell.directory.feeds.times import DAYS, days

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

APART: Final = "several things in one field: taken apart"
MOVED: Final = "things in the wrong field: put into the right one"
TURNED: Final = "latitude and longitude the wrong way round: turned"
AGES: Final = "ages in words: read as numbers"
RULE: Final = "rules of a calendar in one field: taken apart"
ZERO: Final = "phone numbers that a spreadsheet took the first 0 of: given it back"
DROPPED: Final = re.compile(r"(?:1[1-9]\d|2[03489]\d|7[1-9]\d|80[08]|3[0347]\d)\d{7}")
PLAIN: Final = re.compile(r"(?:tel:)?['\"+\d\s().-]*")
EXTENSION: Final = re.compile(r"\b(?:ext(?:n|ension)?|x)[.:]?\s*(\d{1,6})\b", re.IGNORECASE)
FREQUENCY: Final = "how often in other words than the permitted ones: read"
CLOSED: Final = "days that are said to be closed where the hours should be: kept as words"
NAMES: Final = {code: name.capitalize() for code, name in zip(DAYS, day_columns.DAYS, strict=True)}
SHUT: Final = frozenset(["closed", "shut", "not open"])
NO_HOURS: Final = frozenset(["opens_at", "closes_at", "byday", "freq"])
OFTEN: Final = {
    "FORTNIGHTLY": ("WEEKLY", 2), "BIWEEKLY": ("WEEKLY", 2), "EVERY 2 WEEKS": ("WEEKLY", 2), "WEEK": ("WEEKLY", 1),
    "EVERY WEEK": ("WEEKLY", 1), "ONCE A WEEK": ("WEEKLY", 1), "MONTH": ("MONTHLY", 1), "EVERY MONTH": ("MONTHLY", 1),
    "DAY": ("DAILY", 1), "EVERY DAY": ("DAILY", 1),
}  # fmt: skip
KINDS: Final = {"fax": "fax", "f": "fax"}


def untangled(pieces: Iterable[Piece], *, british: bool = False) -> Iterator[Piece]:
    """`british`: it tells of places in Britain, so that a number of ten digits there lacks its 0."""
    for piece in pieces:
        if british and type(piece) is Row and piece.table == "phone":
            yield from _with_its_zero(piece)
            continue
        if type(piece) is Row and (apart := TABLES.get(piece.table)) and not piece.deleted:
            yield from apart(piece)
        else:
            yield piece


def _told(row: Row, kind: str, before: object, after: object) -> Mended:
    was, now = (" ".join(str(words).split())[:70] for words in (before, after))
    return Mended(kind, row.table, row.file, row.line, row.original_id, was, now)


def _with_its_zero(row: Row) -> Iterator[Piece]:
    number = row.values.get("number")
    if isinstance(number, int):
        number = str(number)
    if isinstance(number, str) and len(number) == 10 and DROPPED.fullmatch(number):
        yield _told(row, ZERO, number, f"0{number}")
        row = replace(row, values={**row.values, "number": f"0{number}"})
    yield from _phone(row)


def _phone(row: Row) -> Iterator[Piece]:
    number = row.values.get("number")
    if not isinstance(number, str) or (len(number) < 16 and PLAIN.fullmatch(number)):
        yield row
        return
    found = mixed.ways(number)
    said_more = [said for _, said in found.phones if said] + found.emails + found.sites
    if not found.phones or (len(found.phones) == 1 and not said_more and not found.rest):
        yield row
        return
    yield _told(row, APART, number, " | ".join(filter(None, [one for one, _ in found.phones] + said_more)))
    for place, (one, said) in enumerate(found.phones):
        own = dict(row.values)
        if extension := EXTENSION.search(said):
            own["extension"], said = extension[1], EXTENSION.sub("", said).strip(" ,;")
        if (kind := KINDS.get(said.lower().strip(" :.,"))) and (kind == "fax" or not said):
            own["type"], said = kind, ""
        words = "; ".join(
            filter(None, [str(own.get("description") or ""), said, found.rest if not place else ""])
        )
        known = row.original_id if not place else f"{row.original_id}/{one}" if row.original_id else ""
        values = {**own, "number": one, **({"description": words} if words else {})}
        yield replace(row, values=values, original_id=known, records=row.records if not place else 0)
    owner = {name: row.values[name] for name in ("service_id", "organization_id") if row.values.get(name)}
    for address in found.emails if owner else ():
        yield Row(
            "contact",
            {**owner, "email": address},
            row.file,
            row.line,
            f"{row.original_id}/{address}",
            records=0,
        )


def _service(row: Row) -> Iterator[Piece]:
    values = row.values
    fresh: dict[str, Any] = {}
    extra: list[Piece] = []
    email, url = values.get("email"), values.get("url")
    if isinstance(email, str) and (email.count("@") > 1 or (email.strip() and "@" not in email)):
        found = mixed.ways(email)
        fresh["email"] = (found.emails or [""])[0]
        if found.emails or found.sites or found.phones:
            extra.append(_told(row, APART if found.emails else MOVED, email, fresh["email"]))
            if found.sites and not url:
                fresh["url"] = found.sites[0]
            extra += _more(row, found.emails[1:], found.phones)
        else:
            del fresh["email"]
    if isinstance(url, str) and (" " in url.strip() or ("@" in url and not url.startswith("http"))):
        found = mixed.ways(url)
        if found.emails and not email:
            fresh["email"] = found.emails[0]
        if found.emails or len(found.sites) > 1:
            fresh["url"] = (found.sites or [""])[0]
            extra.append(_told(row, APART, url, fresh["url"]))
            extra += _more(row, found.emails if email else found.emails[1:], found.phones)
    for name in ("minimum_age", "maximum_age"):
        age = values.get(name)
        if isinstance(age, str) and age.strip() and not age.strip().isdigit() and (read := mixed.ages(age)):
            least, most = read
            if name == "minimum_age" and most is not None and not values.get("maximum_age"):
                fresh["maximum_age"] = most
            if name == "maximum_age" and least is not None and not values.get("minimum_age") and most:
                fresh["minimum_age"] = least
            chosen = least if name == "minimum_age" else most if most is not None else None
            fresh[name] = chosen
            extra.append(_told(row, AGES, age, "" if chosen is None else chosen))
    yield replace(row, values={**values, **fresh}) if fresh else row
    yield from extra


def _more(row: Row, emails: list[str], phones: list[tuple[str, str]]) -> list[Piece]:
    """What else a field held, beside the service."""
    made: list[Piece] = [
        Row("contact", {"service_id": row.original_id, "email": one}, row.file, row.line,
            f"{row.original_id}/{one}", records=0)
        for one in emails
    ]  # fmt: skip
    made += [
        Row("phone", {"service_id": row.original_id, "number": one, "description": said}, row.file, row.line,
            f"{row.original_id}/{one}", records=0)
        for one, said in phones
    ]  # fmt: skip
    return made if row.original_id else []


def _location(row: Row) -> Iterator[Piece]:
    north, east = row.values.get("latitude"), row.values.get("longitude")
    if north in (None, "") and east in (None, ""):
        yield row
        return
    if isinstance(north, str) and east in (None, "") and (pair := mixed.point(north)):
        yield _told(row, APART, north, f"{pair[0]}, {pair[1]}")
        row = replace(row, values={**row.values, "latitude": pair[0], "longitude": pair[1]})
        north, east = pair
    try:
        turned = mixed.upright(float(north or 0), float(east or 0))
    except (TypeError, ValueError):
        turned = None
    if turned is None and isinstance(north, (int, float, str)) and isinstance(east, (int, float, str)):
        turned = _from_metres(north, east)
    if turned:
        yield _told(row, TURNED, f"{north}, {east}", f"{turned[0]:.5f}, {turned[1]:.5f}")
        row = replace(row, values={**row.values, "latitude": turned[0], "longitude": turned[1]})
    yield row


def _from_metres(north: object, east: object) -> tuple[float, float] | None:
    """Metres in the fields for degrees."""
    try:
        big = float(str(north)) > 1_000 or float(str(east)) > 1_000
    except ValueError:
        return None
    return mixed.metres(str(east), str(north)) if big else None


def _address(row: Row) -> Iterator[Piece]:
    first = row.values.get("address_1")
    if (
        not isinstance(first, str)
        or row.values.get("postal_code")
        or not any(char.isdigit() for char in first)
    ):
        yield row
        return
    code, left = mixed.postcode_of(first)
    if code:
        yield _told(row, APART, first, f"{left} | {code}")
        row = replace(row, values={**row.values, "address_1": left, "postal_code": code})
    yield row


def _worded(row: Row) -> Generator[Piece, None, Row]:
    """How often in other words; and a day on which nothing is, said where its hours should be."""
    values = row.values
    if meant := OFTEN.get(str(values.get("freq") or "").strip().upper().replace("-", "")):
        yield _told(row, FREQUENCY, values["freq"], f"{meant[0]}, every {meant[1]}")
        row = replace(
            row, values={**values, "freq": meant[0], "interval": values.get("interval") or meant[1]}
        )
    hours = [str(values.get(name) or "").strip().lower() for name in ("opens_at", "closes_at")]
    if any(said in SHUT for said in hours) and not values.get("dtstart"):
        on = [NAMES[code] for code in days(values.get("byday"), silent).split(",") if code in NAMES]
        said = "; ".join(filter(None, [", ".join(on), str(values.get("description") or "")]))
        left = {name: value for name, value in row.values.items() if name not in NO_HOURS}
        yield _told(row, CLOSED, " to ".join(filter(None, hours)), f"{said}: closed")
        row = replace(row, values={**left, "description": f"{said}: closed".lstrip(": ")})
    return row


def _schedule(row: Row) -> Iterator[Piece]:
    """A rule that stands as text where its parts belong into fields."""
    row = yield from _worded(row)
    days, often = row.values.get("byday"), row.values.get("freq")
    if days and not often and not row.values.get("dtstart"):
        monthly = (
            isinstance(days, str) and any(char.isdigit() for char in days) and not days.strip().isdigit()
        )
        row = replace(row, values={**row.values, "freq": "MONTHLY" if monthly else "WEEKLY"})
    words = row.values.get("description")
    if not isinstance(words, str) or "FREQ=" not in words.upper():
        yield row
        return
    if found := {name: value for name, value in rrule.said(words).items() if not row.values.get(name)}:
        left = rrule.START.sub("", rrule.RULE.sub("", words)).strip(" ;\n")
        yield _told(row, RULE, words, " ".join(f"{name} {value}" for name, value in found.items()))
        row = replace(row, values={**row.values, "description": left, **found})
    yield row


TABLES: Final[dict[str, Callable[[Row], Iterator[Piece]]]] = {
    "schedule": _schedule, "phone": _phone, "service": _service, "location": _location, "address": _address,
}  # fmt: skip
