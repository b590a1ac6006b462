"""The few things of an entry that its people correct most: as they stand in a short form, and as changes of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from livingwell.directory.opening_read import read, rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from livingwell.directory.queries.pages import ServicePage

PLAIN: Final = {"getting_in": "application_process", "website": "url"}
BY_NAME: Final = ("alert", "name", "email")
FIELDS: Final = ("phone", "hours", "cost", "getting_in", "website", "alert", "name", "email")


@dataclass(frozen=True, slots=True)
class Correction:
    """What has to change on the sheet; `note`: what a person has to enter, since no rule could read it."""

    values: dict[str, Any]
    note: str = ""


def said_now(page: ServicePage, sheet: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows at first: what we say now."""
    phones = sheet["phones"]
    times = page.times or tuple(line for spot in page.spots for line in spot.times)
    return {
        "phone": phones[0]["number"] if phones else "",
        "hours": "\n".join(dict.fromkeys(times)),
        "cost": page.cost,
        "getting_in": sheet["application_process"],
        "website": sheet["url"],
        "alert": sheet["alert"],
        "name": sheet["name"],
        "email": sheet["email"],
    }


def correction(
    now: Mapping[str, str], typed: Mapping[str, str], sheet: Mapping[str, Any], *, on: date
) -> Correction:
    """The changes between what we say and what was typed. What was not touched stays as it is."""
    new = {
        name: _tidy(typed.get(name, ""))
        for name in FIELDS
        if name in typed and _tidy(typed[name]) != _tidy(now[name])
    }
    values: dict[str, Any] = {PLAIN[name]: text for name, text in new.items() if name in PLAIN}
    values |= {name: new[name] for name in BY_NAME if name in new}
    if "phone" in new:
        first, *others = [*sheet["phones"]] or [{}]
        values["phones"] = [{**first, "number": new["phone"]}, *others] if new["phone"] else others
    if "cost" in new:
        values["fees_description"] = ""
        values["cost_options"] = [{"amount_description": new["cost"]}] if new["cost"] else []
    note = ""
    if "hours" in new:
        times = _times(new["hours"], sheet, on)
        if times is None:
            note = _("When it is on: %(words)s") % {"words": new["hours"]}
        else:
            values |= times
    return Correction(values, note)


def _times(words: str, sheet: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """The schedules that some words mean; None where they cannot be read, or are of several places."""
    understood = read(words, on=on)
    if understood.unread:
        return None
    found = rows(understood.times)
    places = sheet["locations"]
    if not any(place["here"].get("schedules") or place.get("schedules") for place in places):
        return {"schedules": found}
    if len(places) > 1 or sheet["schedules"] or places[0].get("schedules"):
        return None
    return {"locations": [{"id": places[0]["id"], "here": {**places[0]["here"], "schedules": found}}]}


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
