"""The documents say what is there."""

import re
from pathlib import Path

import pytest

from livingwell.core import states

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("demo/**/*.md"),
        *ROOT.glob("benchmarks/*.md"),
    ]
)


def test_the_drawn_states_are_up_to_date() -> None:
    drawn = (ROOT / "docs/states.md").read_text(encoding="utf-8")

    assert drawn == states.page(), "run ./lw manage draw_states"


def test_each_table_of_moves_covers_its_statuses() -> None:
    tables = dict(states.tables())
    assert tables
    for name, moves in tables.items():
        known = set(type(next(iter(moves))))
        assert set(moves) == known, name
        assert all(following <= known for following in moves.values()), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_documents_name_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for named in re.findall(r"`((?:livingwell|tests|docs|demo|benchmarks)/[\w./-]+\.\w+)", text):
        assert (ROOT / named).exists(), named


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    for decision in ROOT.glob("docs/adr/0*.md"):
        assert decision.name in index


def test_the_commands_that_the_script_lists_are_those_it_has() -> None:
    script = (ROOT / "lw").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\./lw (\w+)", script, re.MULTILINE))
    handled = set(re.findall(r"^(\w+)\)", script, re.MULTILINE))

    assert listed == handled
