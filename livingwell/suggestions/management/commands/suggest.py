"""What is around somebody, from their own words, on the command line."""

import json
import sys
from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError, call_command
from django.db import ProgrammingError
from django.utils import timezone

from livingwell.directory.models import Listing
from livingwell.directory.queries.words import point
from livingwell.suggestions import queries
from livingwell.suggestions.forms import LONGEST_STORY


class Command(BaseCommand):
    help = "Read a story (argument or standard input) and say what is around. Nothing of it is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "story", nargs="?", help="in the person's own words; - or nothing: standard input"
        )
        parser.add_argument("--near", default="", help="a postcode, its first half, or a place: SW2, Brixton")
        parser.add_argument("--limit", type=int, default=10, help="how many at most (1 to 50; default 10)")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, story: str | None, near: str, limit: int, json: bool, **options: object) -> None:
        if story is None or story == "-":
            if sys.stdin.isatty():
                self.stderr.write("Type the story, then Ctrl-D on a line of its own.")
            story = sys.stdin.read()
        if not story.strip():
            raise CommandError('There is no story. Say it in quotes: ./lw suggest "I miss singing"')
        if len(story) > LONGEST_STORY:
            raise CommandError(
                f"The story has {len(story)} characters; {LONGEST_STORY} is the most we can read at once."
            )
        if not 1 <= limit <= 50:
            raise CommandError("--limit takes a number from 1 to 50.")
        if not _ready():
            self.stderr.write("Getting ready for the first time ...")
            call_command("prepare", stdout=self.stderr)
        place = point(near) if near.strip() else None
        if near.strip() and place is None:
            self.stderr.write(
                f"We do not know where “{near}” is, so distances are left out. Try a postcode: SW2 1JQ."
            )
        asked = queries.Asked(story=story, near=place, limit=limit)
        answer = queries.answer(asked, on=timezone.localdate())
        self.stdout.write(_as_json(answer) if json else _as_text(answer))


def _ready() -> bool:
    """Whether there is a directory to look in."""
    try:
        return Listing.objects.exists()
    except ProgrammingError:
        return False


def _as_json(answer: queries.Answer) -> str:
    return json.dumps(queries.as_dict(answer), ensure_ascii=False, indent=2)


def _as_text(answer: queries.Answer) -> str:
    lines = []
    if answer.dangers:
        lines += [
            "You may be in danger, or somebody you speak of may be. Help is there now:",
            "  999 in an emergency · NHS 111, then option 2 · Samaritans 116 123 · text SHOUT to 85258",
            "",
        ]
    for suggestion in answer.suggestions:
        card = suggestion.card
        by = f" ({card.organization})" if card.organization != card.title else ""
        lines.append(f"{card.kind.label}: {card.title}{by}")
        lines.append(f"    {suggestion.reason.text}")
        lines += [f"    {word}: {text}" for word, text in card.facts if text]
        lines.append(f"    {card.confirmed}{' · Invented for this demonstration' if card.invented else ''}")
        lines.append("")
    if not answer.suggestions:
        lines.append(
            "Nothing is listed yet that fits. A person can help: ring 0808 157 0100 or ask at any library."
        )
    return "\n".join(lines)
