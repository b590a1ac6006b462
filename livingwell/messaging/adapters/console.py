"""Sending nothing: a line on the console, and the words in a file of the demonstration's outbox."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from livingwell.messaging.adapters.port import Unclear
from livingwell.messaging.addresses import masked

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.messaging.adapters.port import Post


class Console:
    """Prints the channel and a masked address, never words. Where settings name a folder, the words go there."""

    name = "console"

    def send(self, post: Post) -> str:
        to = masked(post.channel, post.to)
        print(f"A message would leave: {post.channel} to {to}", file=sys.stderr)  # noqa: T201 - this is the console
        if settings.MESSAGES_OUTBOX:
            folder = Path(settings.MESSAGES_OUTBOX)
            folder.mkdir(parents=True, exist_ok=True)
            head = f"{post.channel} to {to}\n" + (f"{post.subject}\n" if post.subject else "")
            (folder / f"{post.channel}-{post.reference}.txt").write_text(f"{head}\n{post.body}\n", "utf-8")
        return f"console-{post.reference}"

    def find(self, post: Post, since: datetime) -> str | None:
        raise Unclear("The console keeps no list of what it printed.")
