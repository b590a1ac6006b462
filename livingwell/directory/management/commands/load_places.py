"""Learn where postcodes and places are: `manage load_places FILE`. docs/how-to/import-a-directory.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from livingwell.directory.actions.listing import refresh, refresh_all
from livingwell.directory.actions.places import load, locate
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.models import Service

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Learn where places are: from the ONS Postcode Directory, Code-Point Open, or a short CSV of our own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a CSV file, or a folder or zip of them")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            with tqdm(desc=path.name, unit=" rows", disable=None) as bar:
                done = load(path, progress=bar.update)
        except NotAFeed as error:
            raise CommandError(str(error)) from error
        moved = locate()
        if done.areas_changed:
            refresh_all()
        elif moved:
            at = Service.objects.filter(service_at_locations__location__in=moved).distinct()
            refresh(at.values_list("pk", flat=True))
        self.stdout.write(done.as_text())
        if moved:
            self.stdout.write(
                f"{len(moved):,} places of the directory were found more exactly by their postcode."
            )
