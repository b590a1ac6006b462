"""Headings that are not among the names we know: "Venue Address 1", "DESCRIPTIO", "What is your group's name?"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from livingwell.directory.feeds.columns import ALSO, COLUMNS, KNOWN, WEAK, column
from livingwell.directory.feeds.day_columns import day_of

_ABOUT: Final = """
    venue site location place charity contact program programme service activity group event session club main primary
    public physical full field addr address enquiry enquiries enquiries_contact booking bookings office general
    is the your our current recipient
"""
ABOUT: Final = frozenset(_ABOUT.split())
"""Words that say whose phone or address it is: a list is of one kind of thing, so they add nothing."""
BEHIND: Final = frozenset(
    [
        "description",
        "details",
        "detail",
        "information",
        "info",
        "text",
        "comment",
        "comments",
        "value",
        "field",
        "optional",
    ]
)
NEVER: Final = frozenset(
    ["id", "name", "organization", "kind", "themes", "confidential", "invented", "source_url", "status",
     "last_modified", "country", "organization_website", "alert", "approximate"]
)  # fmt: skip
"""What must be said by its own name: a part of a heading is too little."""
_NOBODYS: Final = """
    first last sur middle full contact person manager lead file user display ward street road town city area region
    county district country parish borough place venue site location building organisation organization provider
    agency company parent alternate alternative alt other owner council authority local road postal scheme theme
    category type field table sheet author creator editor
"""
NOBODYS: Final = frozenset(_NOBODYS.split())
"""Whose name is not that of what is around."""
LOOK: Final = 40  # rows in which a header is looked for
SHORTENED: Final = 10  # letters that a shapefile leaves of a heading
ASKED: Final[tuple[tuple[str, str], ...]] = (
    ("name", r"\bname of (?:the |your |this )?(?:group|service|organisation|activity|club|project|event|session)"
             r"|\b(?:group|service|activity|club|project)(?:s|’s|'s)? name\b"),
    ("contact_details", r"\bname (?:and|or) (?:tele)?(?:phone|number|contact)|\bcontact details\b"),
    ("email", r"\be ?mail\b"),
    ("website", r"\bweb ?(?:site|page|address)?\b|\bfacebook\b"),
    ("phone", r"\b(?:tele)?phone\b|\bcontact number\b|\bmobile\b"),
    ("postcode", r"^(?:what is )?(?:the |your )?post ?code\b"),
    ("address", r"\baddress\b|\bwhere (?:do|does|is|are|will)\b|\blocated\b"),
    ("cost", r"\bcosts?\b|\bhow much\b|\bfees?\b|\bcharges?\b"),
    ("days_and_times", r"\bwhen\b|\b(?:days?|dates?) and times?\b|\bopening (?:hours|times)\b|\bwhat (?:time|day)"),
    ("who_for", r"\bwho (?:is|can|are)\b|\bwho.* for\b|\beligib"),
    ("how_to_get_in", r"\bhow (?:do|can|to|does)\b.*\b(?:join|book|refer|access|get|take part)\b|\breferrals?\b"),
    ("ages", r"\bages?\b|\bage (?:range|group)\b"),
    ("accessibility", r"\baccessib"),
    ("description", r"\b(?:describe|description|tell us|about (?:your|the)|what (?:do|does|happens|is it))\b"),
)  # fmt: skip
WORDS_OF_A_QUESTION: Final = 4


def known(name: str) -> str:
    """The column of the plain list that is called so; itself where none is."""
    return name if name in COLUMNS else ALSO.get(name, name)


@lru_cache(maxsize=1024)
def naming(names: tuple[str, ...]) -> str:
    """The column that holds the names where none is called so: "Library Name", "Centre name"; empty where none does."""
    if any(known(name) == "name" for name in names):
        return ""
    found = (name.removesuffix("_name") for name in names if name.endswith("_name") and known(name) == name)
    return next((f"{word}_name" for word in found if not NOBODYS & set(word.split("_"))), "")


@lru_cache(maxsize=4096)
def guessed(name: str) -> str:
    """The column that a heading speaks of though it is not called so; empty where it speaks of none."""
    words = re.sub(r"(?<=[a-z])(\d)$", r"_\1", name).split("_")
    return _shorter(words) or _whole(name) or (_asked(words) if len(words) >= WORDS_OF_A_QUESTION else "")


def strength(names: list[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(
        (2 if name not in WEAK else 1)
        if name in KNOWN
        else int(bool(_shorter(name.split("_")) or day_of(name)[0]))
        for name in set(names)
    )


def _shorter(words: list[str]) -> str:
    """Without the words in front that say of what, and those behind that say nothing."""
    for end in range(len(words), 0, -1):
        behind = words[end:]
        if not all(word in BEHIND or (word.isdigit() and len(word) == 1) for word in behind):
            break
        for cut in range(end):
            if not set(words[:cut]) <= ABOUT:
                break
            if (cut or behind) and (found := _column("_".join(words[cut:end]))):
                return found
    return ""


def _column(name: str) -> str:
    found = known(name)
    plain = found in COLUMNS or found in {"address_2", "address_3"}
    return found if plain and found not in NEVER else ""


def _whole(name: str) -> str:
    """A heading cut off after ten letters, if it can have been but one."""
    if len(name) != SHORTENED:
        return ""
    found = {
        known(one)
        for one in (*COLUMNS, *ALSO)
        if one.startswith(name) or one.replace("_", "").startswith(name)
    }
    return found.pop() if len(found) == 1 else ""


def _asked(words: list[str]) -> str:
    """What a question of a form asks for."""
    asked = " ".join(words)
    return next((column for column, sign in ASKED if re.search(sign, asked)), "")


def header_at(rows: list[list[str]]) -> int:
    """Which row is the header: the one with most names of columns, else the first that says anything."""
    strengths = [strength([column(cell) for cell in cells if len(cell) < 60]) for cells in rows]
    best = max(strengths, default=0)
    if best >= 3:
        return strengths.index(best)
    return next((place for place, cells in enumerate(rows) if any(cell.strip() for cell in cells)), -1)
