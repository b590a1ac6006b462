"""Bring in the Lambeth demonstration content: places people type, real places and lines, invented groups and people."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils import timezone

from livingwell.people import actions

AT_WORK_FOR = timedelta(days=365)
"""So long they have been at work, so that what is told of the last weeks can have happened."""
DEMO = Path(settings.BASE_DIR) / "demo"
FILES = {
    "places": "Real places in and around Lambeth, from public pages, not confirmed",
    "lines": "Lines to ring and things to read for the whole country, from public pages, not confirmed",
    "invented": "Invented for this demonstration",
}


class Command(BaseCommand):
    help = "Load the Lambeth demonstration content from demo/. Safe to repeat: what is there is brought up to date."

    def handle(self, *, verbosity: int, **options: object) -> None:
        reports = self.stdout if verbosity else StringIO()
        call_command("load_places", DEMO / "postcodes" / "lambeth.csv", stdout=reports)
        for name, title in FILES.items():
            call_command(
                "import_directory",
                DEMO / "lambeth" / f"{name}.csv",
                source=f"demonstration-{name}",
                name=title,
                stdout=reports,
            )
        call_command("show_keeping")
        actions.let_in_the_invented(at=timezone.now() - AT_WORK_FOR)
