"""Asking the worker to read a source, and how it is to behave there."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from livingwell.directory.feeds.fetch import Manners

TASK: Final = "livingwell.directory.tasks.pull_source"


def ask_for(slug: str, *, by: str, whole: bool = False) -> bool:
    """Put a reading of a source into the queue, unless one waits there already."""
    try:
        with transaction.atomic():
            app.configure_task(TASK, queueing_lock=f"pull:{slug}").defer(slug=slug, by=by, whole=whole)
    except AlreadyEnqueued:
        return False
    return True


def manners() -> Manners:
    """How we behave towards sources, as this copy of the network is set up."""
    return Manners(
        agent=settings.PULL_AGENT,
        inside=settings.PULL_FROM_INSIDE,
        plain_http=settings.PULL_FROM_INSIDE or not settings.PRODUCTION,
    )
