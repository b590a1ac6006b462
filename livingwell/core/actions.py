"""Counting how often something is asked, so that a machine cannot use up what people need."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from livingwell.core.models import Rate


def count(purpose: str, caller: str, *, within: timedelta, at: datetime) -> int:
    """How often this caller has done this within the present stretch of time, this time included.

    The caller's address is not stored: only a hash under our secret and the day, good for nothing else.
    """
    seconds = int(within.total_seconds())
    window = int(at.timestamp()) // seconds
    said = f"{purpose}|{caller}|{window}|{at:%Y-%m-%d}"
    key = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_rate (key, count, until) VALUES (%s, 1, %s) "
            "ON CONFLICT (key) DO UPDATE SET count = core_rate.count + 1 RETURNING count",
            [key, at + within],
        )
        return int(cursor.fetchone()[0])


def forget_old_counts(*, at: datetime) -> int:
    """Drop the counts whose time is over; how many went."""
    dropped, _by_model = Rate.objects.filter(until__lt=at).delete()
    return dropped
