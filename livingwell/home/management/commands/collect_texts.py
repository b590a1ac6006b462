"""Bring the catalogues of translations up to date with what the pages say."""

from django.core.management import BaseCommand

from livingwell.core.catalogues import compile_stale
from livingwell.home import texts


class Command(BaseCommand):
    help = "Bring livingwell/locale up to date with the texts of the public pages, and say what is to be translated."

    def handle(self, **options: object) -> None:
        for code, missing in texts.bring_up_to_date().items():
            self.stdout.write(f"{code}: {len(missing)} to translate")
            for words in missing:
                self.stdout.write(f"    {words}")
        compile_stale()
