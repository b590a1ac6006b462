"""Look through the whole directory for what is here twice."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from livingwell.directory.actions.doubling import find_all
from livingwell.directory.models import Double, Verdict


class Command(BaseCommand):
    help = "Look for services and organizations that are here twice; people then say whether they are."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        with tqdm(unit=" entries", disable=None) as bar:
            new = find_all(progress=bar.update)
        waiting = Double.objects.filter(verdict=Verdict.OPEN).count()
        seconds = time.monotonic() - began
        self.stdout.write(
            f"{new:,} new pairs; {waiting:,} wait to be looked at. It took {seconds:.1f} seconds."
        )
