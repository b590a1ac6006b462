"""How well suggestions meet what people who know proposed: recall at ten, case by case."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = ROOT / "demo" / "people"


def shared() -> Path:
    """The folder of data made by others: LIVINGWELL_SHARED, else beside the project."""
    return Path(os.environ.get("LIVINGWELL_SHARED") or ROOT.parent / "shared") / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """A story and what its people proposed: each proposal with the themes any of which would meet it."""

    name: str
    story: str
    near: str
    expected: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Which proposals ten suggestions met."""

    case: Case
    met: list[str]
    missed: list[str]
    titles: list[str]
    kinds: int

    @property
    def recall(self) -> float:
        return len(self.met) / (len(self.met) + len(self.missed))


def people() -> Iterator[Case]:
    """The four made-up people, with what the tables proposed for them."""
    for path in sorted(PEOPLE.glob("[a-z]*.yaml")):
        if path.name == "cases_expected.yaml":
            continue
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        expected = {each["proposed"]: each["themes"] for each in said["expected_themes"]}
        yield Case(said["id"], said["story"], said.get("near", ""), expected)


def published() -> Iterator[Case]:
    """The published cases, with what each person was connected with."""
    expected = yaml.safe_load((PEOPLE / "cases_expected.yaml").read_text(encoding="utf-8"))
    for line in (shared() / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        story = " ".join(
            [said["story"], *_sentences("Wants", said["wants"]), *_sentences("Can offer", said["offers"])]
        )
        yield Case(said["id"], story, "", expected[said["id"]])


def _sentences(lead: str, items: list[str]) -> list[str]:
    return [f"{lead}: {'; '.join(items)}."] if items else []


def score(case: Case, *, on: date, limit: int = 10) -> Score:
    """Ask for suggestions as a person would and see which proposals they meet."""
    from livingwell.directory.queries.words import point
    from livingwell.suggestions import queries

    answer = queries.answer(queries.Asked(story=case.story, near=point(case.near), limit=limit), on=on)
    offered = {theme for suggestion in answer.suggestions for theme in suggestion.themes}
    met = [proposal for proposal, themes in case.expected.items() if offered & set(themes)]
    return Score(
        case,
        met,
        [proposal for proposal in case.expected if proposal not in met],
        [f"{suggestion.card.kind}: {suggestion.card.title}" for suggestion in answer.suggestions],
        len({suggestion.card.kind for suggestion in answer.suggestions}),
    )
