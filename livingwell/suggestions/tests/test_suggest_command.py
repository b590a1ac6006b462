import json
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lambeth() -> None:
    call_command("load_demonstration", verbosity=0, stdout=StringIO())


def suggest(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command("suggest", *arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_json_is_json_and_keeps_to_the_limit() -> None:
    data = json.loads(suggest("I miss singing", near="SW2", limit=3, json=True))

    assert len(data["suggestions"]) == 3
    assert data["suggestions"][0]["url"].startswith("/directory/services/")


def test_text_says_why() -> None:
    assert "Because you said “" in suggest("I miss singing")


def test_words_of_danger_come_first() -> None:
    assert suggest("I am going to kill myself").startswith("You may be in danger")


def test_a_story_can_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("I miss singing"))

    assert "Because you said “" in suggest("-")


@pytest.mark.parametrize(
    ("arguments", "options"), [(["  "], {}), (["x"], {"limit": 0}), (["x" * 10_001], {})]
)
def test_what_cannot_be_answered_is_one_clear_sentence(
    arguments: list[str], options: dict[str, object]
) -> None:
    with pytest.raises(CommandError) as refused:
        suggest(*arguments, **options)

    assert str(refused.value).endswith((".", '"'))
