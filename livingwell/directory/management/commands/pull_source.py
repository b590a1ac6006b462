"""Read a source from its address now: `manage pull_source SLUG`. docs/how-to/pull-from-a-source.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from livingwell.core.errors import Refusal
from livingwell.directory.actions import pulling
from livingwell.directory.actions.pull_queue import manners
from livingwell.directory.models import Outcome, Source, Way
from livingwell.directory.queries.sources import due

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Read a source from its address now, from where the last reading stopped; or all that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?", default="", help="which source; without it: all that are due")
        parser.add_argument("--whole", action="store_true", help="all of it, not only what changed")
        parser.add_argument("--url", default="", help="add the source, or change its address, before reading")
        parser.add_argument("--way", default="", choices=["", *Way.values], help="how it is read")
        parser.add_argument("--name", default="", help="what people call it")
        parser.add_argument("--licence", default="", help="the licence it is given under")
        parser.add_argument("--every", type=int, default=0, help="hours between two readings")

    def handle(self, *args: Any, **options: Any) -> None:
        slug: str = options["slug"]
        given = {name: options[name] for name in ("url", "way", "name", "licence") if options[name]} | (
            {"every_hours": options["every"]} if options["every"] else {}
        )
        known = Source.objects.filter(slug=slug).exists()
        if given and slug:
            if not known and not ("url" in given and "way" in given):
                raise CommandError(f"There is no source {slug}. To add it, give --url and --way.")
            pulling.keep_source(slug, given if known else {"name": slug, **given})
        elif slug and not known:
            names = ", ".join(Source.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no source {slug}. There are: {names}.")
        for each in [slug] if slug else due(at=timezone.now()):
            self._pull(each, whole=options["whole"])

    def _pull(self, slug: str, *, whole: bool) -> None:
        try:
            made = pulling.pull(slug, manners=manners(), by="command line", at=timezone.now(), whole=whole)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = f"{slug}: {'all of it' if made.whole else 'what changed'}, {made.seconds:.1f} seconds."
        self.stdout.write(said)
        self.stdout.write(
            f"{made.seen:,} services came: {made.added:,} new, {made.changed:,} changed. "
            f"{made.closed:,} were taken away and {made.not_seen:,} are not there any more. "
            f"{made.mended:,} mended, {made.refused:,} rows refused."
        )
        for one in made.report["refused"][:10]:
            self.stdout.write(f"  {one['file']}, row {one['row']}, {one['id']}: {one['reason']}")
        if made.outcome == Outcome.TROUBLE:
            raise CommandError(made.trouble)
        if made.trouble:
            self.stdout.write(made.trouble)
