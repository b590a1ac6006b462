"""The care of what was sent: pick up what was left lying, erase what is no longer needed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from livingwell.messaging.actions.moves import erase, move
from livingwell.messaging.actions.sending import DELIVER, enqueue
from livingwell.messaging.models import Inbound, Message, Status

if TYPE_CHECKING:
    from datetime import datetime

A_DAY: Final = timedelta(days=1)
SILENCE: Final = timedelta(minutes=1)
"""A worker that lives says so every ten seconds."""
AT_ONCE: Final = 500

ABANDONED: Final = """
SELECT m.id FROM messaging_message m
WHERE m.status IN ('queued', 'sending') AND m.moved_at < %s AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.task_name = %s AND j.args ->> 'message' = m.id::text
    AND (j.status = 'todo' OR j.status = 'doing' AND w.last_heartbeat > %s))
ORDER BY m.moved_at LIMIT %s
"""


def pick_up(*, at: datetime) -> int:
    """Give each waiting message that no living worker has, and no job will reach, a new job; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ABANDONED, [at - SILENCE, DELIVER, at - SILENCE, AT_ONCE])
        left = [pk for (pk,) in cursor.fetchall()]
        for pk in left:
            enqueue(pk)
        return len(left)


def wipe(message: Message, *, by: str, at: datetime) -> None:
    """Whom it is about wants it gone: it is not sent if it has not left, and its address and words are erased.

    Where a worker is just sending it, they are erased the moment it is sent.
    """
    with transaction.atomic():
        row = Message.objects.select_for_update().get(pk=message.pk)
        if row.status == Status.QUEUED:
            move(row, Status.CANCELLED, by=by, at=at, note="It was taken back with the page it belonged to.")
        if row.status == Status.SENDING:
            row.forget = True
        else:
            erase(row, by=by, at=at)
        row.save()


def erase_old(*, at: datetime, after: timedelta, by: str) -> int:
    """Take addresses and words out of what is older; how many messages.

    One that was promised to be forgotten, and of which nobody said within a day whether it went, is let be and erased.
    """
    erased = 0
    with transaction.atomic():
        for message in Message.objects.promised(at - A_DAY).select_for_update(skip_locked=True):
            move(
                message,
                Status.CANCELLED,
                by=by,
                at=at,
                note="Nobody knew in time whether it went.",
            )
            erased += 1
        for message in Message.objects.to_be_erased(at - after).select_for_update(skip_locked=True):
            erase(message, by=by, at=at)
            message.save()
            erased += 1
        Inbound.objects.filter(erased_at=None, received_at__lt=at - after).update(
            sender="", body="", erased_at=at, erased_by=by
        )
    return erased
