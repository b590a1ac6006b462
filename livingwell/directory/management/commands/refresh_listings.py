"""Makes what is derived from the directory afresh: theme tags by rule, listings, words."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from livingwell.directory.actions import listing
from livingwell.directory.models import Service


class Command(BaseCommand):
    help = "Make theme tags, listings and words of the whole directory afresh."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        with tqdm(total=Service.objects.count(), unit=" services", disable=quiet or None) as bar:
            done = listing.refresh_all(progress=bar.update)
        if not quiet:
            self.stdout.write(f"{done.services} services: {done.listings} listings, {done.tags} theme tags.")
