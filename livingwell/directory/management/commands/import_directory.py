"""Take in a directory that others keep: `manage import_directory PATH`. docs/how-to/import-a-directory.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.text import slugify
from tqdm import tqdm

from livingwell.directory.actions.importing import Named, take
from livingwell.directory.actions.listing import refresh
from livingwell.directory.feeds.detect import FORMATS, detect
from livingwell.directory.feeds.model import NotAFeed
from livingwell.themes.vocabulary import VocabularyError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Take in a directory: HSDS, Open Referral UK or OpenActive (JSON, tables, folder, zip), or a plain list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file, a folder or a zip")
        parser.add_argument(
            "--source", default="", help="what to call it here; by default the name of the file"
        )
        parser.add_argument("--name", default="", help="its name for people")
        parser.add_argument("--url", default="", help="where it comes from")
        parser.add_argument("--licence", default="", help="the licence it is given under")
        parser.add_argument(
            "--format", default="", choices=["", *FORMATS], help="in case it is not seen by itself"
        )
        parser.add_argument(
            "--timezone", default="Europe/London", help="of its opening times, where it does not say"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--report", type=Path, help="also write the report to this file, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        slug = slugify(options["source"] or path.resolve().stem)[:80] or "import"
        named = Named(slug, options["name"], options["url"], options["licence"])
        bar = tqdm(desc=path.name, unit=" entries", disable=None)
        try:
            with bar:
                report = take(
                    detect(path, given=options["format"]),
                    named,
                    path=str(path),
                    dry_run=options["dry_run"],
                    timezone=options["timezone"],
                    at=timezone.now(),
                    refresh=refresh,
                    progress=lambda _part, entries: bar.update(entries),
                )
        except (NotAFeed, VocabularyError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            raise CommandError(
                f"The database did not take {path}, so its last file was left out: {reason}"
            ) from error
        self.stdout.write(report.as_text())
        if options["report"]:
            options["report"].write_text(json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n")
