"""Let invented groups of the demonstration be due, silent and full, so that pages show what keeping does.

Everything goes through the actions, with days in the past. Safe to repeat: what was answered before stays.
"""

from datetime import timedelta

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from livingwell.directory.models import Assured, Service
from livingwell.keeping import room
from livingwell.keeping.actions import answers, asking
from livingwell.keeping.models import Confirmation

CONFIRMED_DAYS_AGO = {
    "inv-get-involved": 84,  # due in six days
    "inv-train-gps": 100,  # asked once and silent: lowered
    "inv-voices": 130,  # asked twice and silent: marked
}
ASKED_DAYS_AGO = (45, 20)
HAS_ROOM = {
    "inv-lgbtq-social": room.Room(room.Says.ROOM),
    "inv-parents-struggling": room.Room(room.Says.WAITING, weeks=6),
}
BY = "the demonstration"


class Command(BaseCommand):
    help = (
        "Let a few invented groups be due, lowered, marked, full. For the demonstration only. Safe to repeat."
    )

    def handle(self, **options: object) -> None:
        now = timezone.now()
        if Confirmation.objects.filter(said_by=BY).exists():
            return
        for key, days in CONFIRMED_DAYS_AGO.items():
            for service in _invented(key):
                answers.still_right(service, how=Assured.PHONE, by=BY, at=now - timedelta(days=days))
        site = settings.SITE_URL or "http://localhost:8000"
        for days in ASKED_DAYS_AGO:
            asking.ask_those_who_know(site=site, at=now - timedelta(days=days))
        for key, said in HAS_ROOM.items():
            for service in _invented(key):
                answers.say_room(service, said, how=Assured.PHONE, by=BY, at=now - timedelta(days=3))
        asking.look_over(at=now)


def _invented(key: str) -> list[Service]:
    return list(Service.objects.filter(original_id=key, source="demonstration-invented", invented=True))
