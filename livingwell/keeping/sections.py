"""An entry as a few short forms: what each box says now, and what a sheet has to say when some were changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.directory import describe
from livingwell.directory.access import Term
from livingwell.directory.models import Kind, Status
from livingwell.directory.opening import Times
from livingwell.directory.opening_read import read, rows
from livingwell.directory.opening_words import when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

Sheet = dict[str, Any]
SECTIONS: Final[dict[str, str | _StrPromise]] = {
    "what": gettext_lazy("What it is"), "when": gettext_lazy("When"), "where": gettext_lazy("Where"),
    "in": gettext_lazy("Getting in and about"), "who": gettext_lazy("For whom, and what it costs"),
    "contact": gettext_lazy("How to reach it"), "room": gettext_lazy("How much room there is"),
}  # fmt: skip
SENSITIVE: Final = frozenset({"name", "email", "status", "organization"})
"""What a provider changes here waits until an editor has looked."""
PLAIN: Final = {
    "what": ("name", "kind", "description", "what_to_expect", "alert", "status"),
    "who": ("eligibility_description", "minimum_age", "maximum_age", "application_process"),
    "contact": ("text_number", "email", "url"),
}
PLACE: Final = ("name", "transportation")
ADDRESS: Final = ("address_1", "address_2", "city", "postal_code")
YES_NO: Final = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not known")))


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. `how`: text, lines, radios, select or tick."""

    name: str
    label: str
    says: str = ""
    how: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A box whose words could not be read, and what to do."""

    box: str
    advice: str


def boxes(section: str, sheet: Mapping[str, Any]) -> list[Box]:
    """The boxes of a section, saying what the sheet says."""
    return {"what": _what, "when": _when, "where": _where, "in": _in, "who": _who, "contact": _contact}[
        section
    ](sheet)


def says(section: str, sheet: Mapping[str, Any]) -> dict[str, str]:
    """What each box says, by its name."""
    return {box.name: tidy(box.says) for box in boxes(section, sheet)}


def tidy(text: str) -> str:
    """Without spaces that nobody sees."""
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def values(
    section: str, sheet: Mapping[str, Any], new: Mapping[str, str], *, on: date
) -> tuple[Sheet, list[Unread]]:
    """What to change on the sheet so that the boxes in `new` say so; and the boxes that could not be read."""
    made: Sheet = {name: new[name] for name in PLAIN.get(section, ()) if name in new}
    for name in ("minimum_age", "maximum_age"):
        if name in made:
            made[name] = int(made[name]) if made[name].isdecimal() else None
    unread: list[Unread] = []
    if section == "what" and "organization" in new:
        made["organization"] = {"id": sheet["organization"]["id"], "name": new["organization"]}
    elif section == "when" and new:
        made, unread = _times_of(sheet, new, on)
    elif section == "where" and new:
        made = {"locations": _places_of(sheet, new)}
    elif section == "in" and new:
        made = {"locations": _access_of(sheet, new)}
    elif section == "who":
        made |= _who_of(new)
    elif section == "contact" and "phones" in new:
        made["phones"] = [_phone(line, sheet["phones"]) for line in new["phones"].splitlines()]
    return made, unread


def understood(words: str, *, on: date) -> list[str]:
    """Opening times as we would say them."""
    return when(read(words, on=on).times)


def _what(sheet: Mapping[str, Any]) -> list[Box]:
    return [
        Box("name", _("Name"), sheet["name"]),
        Box("organization", _("Who runs it"), sheet["organization"]["name"]),
        Box("kind", _("Kind"), sheet.get("kind", ""), "select", choices=tuple(Kind.choices)),
        Box("description", _("What happens there"), sheet["description"], "lines"),
        Box("what_to_expect", _("What to expect when you come"), sheet["what_to_expect"], "lines"),
        Box(
            "alert",
            _("Anything to know before going"),
            sheet["alert"],
            hint=_("Like: Closed for building work until May"),
        ),
        Box("status", _("Is it running?"), sheet["status"], "radios", choices=tuple(Status.choices)),
    ]


def _when(sheet: Mapping[str, Any]) -> list[Box]:
    hint = _(
        "One line each, like: Tuesday 7pm to 8:30pm. Or one day: 14 March 2027, 2pm to 5pm. "
        "Or a course: Mondays 10am to noon, 6 times from 11 January."
    )
    found = [
        Box(
            f"hours_{number}",
            _("When, at %(place)s") % {"place": _called(place)},
            "\n".join(_lines(place["here"]["schedules"])),
            "lines",
            hint,
        )
        for number, place in enumerate(sheet["locations"])
        if place["here"]["schedules"]
    ]
    if sheet["schedules"] or not found:
        found.insert(
            0, Box("hours", _("When it is on"), "\n".join(_lines(sheet["schedules"])), "lines", hint)
        )
    notes = dict.fromkeys(
        text for row in sheet["schedules"] for text in (row["notes"], row["description"]) if text
    )
    return [*found, Box("notes", _("Anything else about the times"), "\n".join(notes), "lines")]


def _lines(schedules: Sequence[Mapping[str, Any]]) -> list[str]:
    return when(_time(row) for row in schedules if row["freq"] or row["dtstart"] or row["closed"])


def _time(row: Mapping[str, Any]) -> Times:
    said = {name: row[name] for name in Times.__slots__ if name in row}
    for name in ("opens_at", "closes_at"):
        said[name] = time.fromisoformat(row[name]) if row[name] else None
    for name in ("valid_from", "valid_to", "dtstart", "until"):
        said[name] = date.fromisoformat(row[name]) if row[name] else None
    return Times(**{**said, "description": ""})


def _times_of(sheet: Mapping[str, Any], new: Mapping[str, str], on: date) -> tuple[Sheet, list[Unread]]:
    made: Sheet = {}
    unread: list[Unread] = []
    found: dict[str, list[Sheet]] = {}
    for name, words in new.items():
        if name.startswith("hours"):
            heard = read(words, on=on)
            unread += [Unread(name, f"“{each.words}”: {each.advice}") for each in heard.unread]
            found[name] = rows(heard.times)
    if "hours" in new or "notes" in new:
        repeating = [row for row in sheet["schedules"] if row["freq"] or row["dtstart"] or row["closed"]]
        kept = found.get("hours", [{**row, "notes": "", "description": ""} for row in repeating])
        notes = new.get("notes", says("when", sheet)["notes"])
        made["schedules"] = [*kept, *([{"description": notes}] if notes else [])]
    at_places = {name: some for name, some in found.items() if name != "hours"}
    if at_places:
        made["locations"] = [
            {"id": place["id"], "here": {**place["here"], "schedules": at_places[f"hours_{number}"]}}
            if f"hours_{number}" in at_places
            else {"id": place["id"]}
            for number, place in enumerate(sheet["locations"])
        ]
    return made, unread


def _where(sheet: Mapping[str, Any]) -> list[Box]:
    found = []
    blank = {"id": "", "name": "", "transportation": "", "addresses": [], "here": {"is_intake": False}}
    labels = {
        "name": _("Name of the place"),
        "transportation": _("How to get there"),
        "address_1": _("Street and number"),
        "address_2": _("Building or floor"),
        "city": _("Town"),
        "postal_code": _("Postcode"),
    }
    for number, place in enumerate([*sheet["locations"], blank]):
        new = place is blank
        group = _("Another place") if new and number else _("Where it is") if new else _called(place)
        address = (place["addresses"] or [{}])[0]
        for name in (PLACE[0], *ADDRESS, PLACE[1]):
            said = address.get(name, "") if name in ADDRESS else place[name]
            found.append(Box(f"{name}_{number}", labels[name], said, group=group))
        intake = "yes" if place["here"]["is_intake"] else ""
        found.append(
            Box(f"intake_{number}", _("People come here first, to be taken in"), intake, "tick", group=group)
        )
        if not new:
            found.append(
                Box(f"gone_{number}", _("It does not happen here any more"), "", "tick", group=group)
            )
    return found


def _places_of(sheet: Mapping[str, Any], new: Mapping[str, str]) -> list[Sheet]:
    made: list[Sheet] = []
    for number, place in enumerate([*sheet["locations"], None]):
        mine = {name.rsplit("_", 1)[0]: text for name, text in new.items() if name.endswith(f"_{number}")}
        if mine.get("gone") or (place is None and not any(mine.values())):
            continue
        said: Sheet = {"id": place["id"]} if place else {}
        said |= {name: mine[name] for name in PLACE if name in mine}
        if mine.keys() & set(ADDRESS):
            first, *others = (place["addresses"] if place else []) or [{}]
            said["addresses"] = [{**first, **{name: mine[name] for name in ADDRESS if name in mine}}, *others]
        if "intake" in mine:
            said["here"] = {**(place["here"] if place else {}), "is_intake": bool(mine["intake"])}
        made.append(said)
    return made


def _in(sheet: Mapping[str, Any]) -> list[Box]:
    found = []
    for number, place in enumerate(sheet["locations"]):
        known = {row["term"]: row["available"] for row in place["accessibility"] if row["term"]}
        for term in Term:
            said = {True: "yes", False: "no"}.get(known.get(term.value), "")  # type: ignore[arg-type]
            found.append(
                Box(
                    f"{term.value}_{number}",
                    str(term.label),
                    said,
                    "radios",
                    choices=YES_NO,
                    group=_called(place),
                )
            )
    return found


def _access_of(sheet: Mapping[str, Any], new: Mapping[str, str]) -> list[Sheet]:
    made = []
    for number, place in enumerate(sheet["locations"]):
        mine = {name.rsplit("_", 1)[0]: text for name, text in new.items() if name.endswith(f"_{number}")}
        said: Sheet = {"id": place["id"]}
        if mine:
            kept = [row for row in place["accessibility"] if row["term"] not in mine]
            fresh = [
                {"term": term, "available": text == "yes", "description": str(Term(term).label)}
                for term, text in mine.items()
                if text
            ]
            said["accessibility"] = [*kept, *fresh]
        made.append(said)
    return made


def _who(sheet: Mapping[str, Any]) -> list[Box]:
    costs = [
        (
            Decimal(row["amount"]) if row["amount"] else None,
            row["currency"],
            row["option"],
            row["amount_description"],
        )
        for row in sheet["cost_options"]
    ]
    spoken = ", ".join(row["name"] or row["code"] for row in sheet["languages"])
    bring = "\n".join(row["document"] for row in sheet["required_documents"])
    return [
        Box("eligibility_description", _("For whom"), sheet["eligibility_description"], "lines"),
        Box("minimum_age", _("Youngest age"), str(sheet["minimum_age"] or "")),
        Box("maximum_age", _("Oldest age"), str(sheet["maximum_age"] or "")),
        Box("cost", _("What it costs"), describe.cost(costs, sheet["fees_description"])),
        Box(
            "application_process",
            _("How to get in"),
            sheet["application_process"],
            "lines",
            _("Like: Just come. Or: Ring first."),
        ),
        Box(
            "languages",
            _("Languages spoken"),
            spoken,
            hint=_("With commas, like: English, Portuguese"),
        ),
        Box("bring", _("What to bring"), bring, "lines", _("One line each")),
    ]


def _who_of(new: Mapping[str, str]) -> Sheet:
    made: Sheet = {}
    if "cost" in new:
        made |= {
            "fees_description": "",
            "cost_options": [{"amount_description": new["cost"]}] if new["cost"] else [],
        }
    if "languages" in new:
        made["languages"] = [{"name": each.strip()} for each in new["languages"].split(",") if each.strip()]
    if "bring" in new:
        made["required_documents"] = [{"document": line} for line in new["bring"].splitlines() if line]
    return made


def _contact(sheet: Mapping[str, Any]) -> list[Box]:
    numbers = [f"{row['number']}, {row['description']}".strip(", ") for row in sheet["phones"]]
    return [
        Box(
            "phones",
            _("Phone numbers to ring"),
            "\n".join(numbers),
            "lines",
            _("One line each. A note goes after a comma, like: 020 7946 0000, evenings"),
        ),
        Box("text_number", _("Number for texts"), sheet.get("text_number", "")),
        Box("email", _("E-mail address"), sheet["email"]),
        Box("url", _("Website"), sheet["url"]),
    ]


def _phone(line: str, now: Sequence[Mapping[str, Any]]) -> Sheet:
    number, _comma, note = line.partition(",")
    known = next((dict(row) for row in now if row["number"] == number.strip()), {})
    return {**known, "number": number.strip(), "description": note.strip()}


def _called(place: Mapping[str, Any]) -> str:
    address = (place["addresses"] or [{}])[0]
    return place["name"] or address.get("address_1") or address.get("postal_code") or _("this place")
