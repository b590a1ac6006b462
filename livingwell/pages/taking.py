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

    from livingwell.pages.queries import Happened, InTouch, Whole
    from livingwell.steps.queries import Piece

STANDARD: Final = "PRSB Personalised Care and Support Plan, headings as of v2.0"


def as_headings(
    called: str, whole: Whole, happened: Sequence[Happened], in_touch: InTouch, *, at: datetime
) -> dict[str, Any]:
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
    found.update(_in_touch(in_touch))
    return found


def _in_touch(in_touch: InTouch) -> dict[str, Any]:
    """Messages, check-ins, bad days and calls: the standard has no heading for them."""
    kept = in_touch.kept
    return {
        "Messages": [
            {
                "at": one.at.isoformat(),
                "about": one.about,
                "way": one.way,
                "state": one.state,
                **{
                    name: words
                    for name, words in (("to", one.receiver), ("words", one.words), ("answer", one.answer))
                    if words
                },
            }
            for one in in_touch.messages
        ],
        "Check-ins": {
            "agreed": _plain(asdict(kept.check_in)) if kept.check_in else {},
            "asked": _plain([asdict(one) for one in kept.asks]),
        },
        "Bad days": _plain([asdict(one) for one in kept.bad_days]),
        "Calls": {
            "lists": _plain([asdict(one) for one in kept.entries]),
            "missed appointments": [{"organisation": name, "on": on.isoformat()} for name, on in kept.missed],
            "asked not to ring": [
                _plain({"organisation": name, "from": since, "until": until})
                for name, since, until in kept.not_rung
            ],
            "when not reached": list(kept.ladder),
            "peer supporters of": kept.peers,
        },
    }


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
