"""Give the made-up people of the demonstration their pages."""

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from livingwell.home import actions
from livingwell.home.invented_pages import all_said


class Command(BaseCommand):
    help = "Make the pages of demo/pages, after load_demonstration. Safe to repeat: who has a page keeps it as it is."

    def handle(self, **options: object) -> None:
        site = settings.SITE_URL or "http://localhost:8000"
        for said in all_said():
            actions.show(said, site=site, at=timezone.now())
