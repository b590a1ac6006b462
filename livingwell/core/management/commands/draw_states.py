"""Write docs/states.md from the tables of moves in the code."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand

from livingwell.core import states


class Command(BaseCommand):
    help = "Draw docs/states.md from the code."

    def handle(self, **options: object) -> None:
        target = Path(settings.BASE_DIR) / "docs" / "states.md"
        target.write_text(states.page(), encoding="utf-8")
        self.stdout.write(f"Drew {target}.")
