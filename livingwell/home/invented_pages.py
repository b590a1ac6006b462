"""What stands in demo/pages: the page of somebody made up, as plain values, and the moments that its days mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FILES = Path(settings.BASE_DIR) / "demo" / "pages"
Said = dict[str, Any]


def all_said() -> list[Said]:
    """Each page as its file says it."""
    return [
        yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) for file in sorted(FILES.glob("*.yaml"))
    ]


class Days:
    """The moments of a story told backwards from today. What is told later on the same day happened later."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._told = 0

    def ago(self, days: int) -> datetime:
        """Some moment so many days ago, after all that was told before."""
        self._told += 1
        return self.now.astimezone(UTC) - timedelta(days=days) + timedelta(minutes=self._told)

    def ahead(self, days: int) -> datetime:
        """The same time of day, so many days on."""
        return self.now + timedelta(days=days)

    def day(self, days: int) -> date:
        """The day that is so many days on."""
        return self.ahead(days).date()
