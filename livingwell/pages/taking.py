"""A page to take away: as JSON under the headings of the PRSB's standards, for a person or a program to read.

Headings: PRSB "About me" and "Personalised Care and Support Plan" v2.0 (DAPB4022), as far as they are known by name;
each section's heading is kept in `plans.sections`.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from livingwell.pages.queries import Happened, Whole
    from livingwell.steps.queries import Piece

STANDARD: Final = "PRSB Personalised Care and Support Plan, headings as of v2.0"


def as_headings(called: str, whole: Whole, happened: Sequence[Happened], *, at: datetime) -> dict[str, Any]:
    """The whole page as nested dictionaries: heading, item, words; then what the standard has no heading for."""
    found: dict[str, Any] = {
        "standard": STANDARD,
        "written": at.isoformat(),
        "Person demographics": _demographics(called, whole),
    }
    for said in whole.words:
        concept, item = said.heading
        entry = {"said under": said.label, "words": said.text, "date": said.changed_at.date().isoformat()}
        found.setdefault(concept, {}).setdefault(item, []).append(entry)
    plan = found.setdefault("Care and support plan", {})
    plan["Goals and actions"] = [
        {**_step(step), "pieces": [_step(piece) for piece in step.pieces]} for step in whole.steps.all
    ]
    contingency = found.setdefault("Contingency plans", {})
    contingency["Hard days"] = [{"what": day.what, "when": day.when} for day in whole.hard_days]
    found["Personal contacts"] = [_plain(asdict(member)) for member in whole.circle.members]
    found["Services and activities"] = [
        {
            "to": one.name,
            "organisation": one.organization_name,
            "state": one.status.value,
            "said": [{"heading": heading, "words": words} for heading, words in one.said],
        }
        for one in whole.introductions
    ]
    found["Participation and consent"] = [
        {
            "who": one.receiver,
            "parts": [part.value for part in one.parts],
            "for": one.purpose.value,
            "from": one.given_at.isoformat(),
            "until": one.until.isoformat(),
        }
        for one in whole.sharing
    ]
    found["Themes"] = [theme.label for theme in whole.themes]
    found["What happened"] = [
        {"at": one.at.isoformat(), "what": one.text, "about": one.about, "by": one.by} for one in happened
    ]
    return found


def _demographics(called: str, whole: Whole) -> dict[str, Any]:
    reached = {**_plain(asdict(whole.reached)), "ways": [way for way, _label in whole.reached.ways]}
    return {key: value for key, value in {"Preferred name": called, **reached}.items() if value}


def _step(step: Piece) -> dict[str, Any]:
    return {
        key: value
        for key, value in {
            "what": step.words,
            "why it matters": step.why,
            "first": step.first,
            "when": step.stage.value,
            "status": step.status.value,
            "who": step.companion,
            "ask again on": step.ask_on.isoformat() if step.ask_on else "",
            "service": step.service.name if step.service else "",
        }.items()
        if value
    }


def _plain(value: Any) -> Any:
    """Values as JSON has them: dates as text, what is empty left out."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if each not in (None, "", (), [], False)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)
