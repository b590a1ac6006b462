"""Reading a large feed in a process beside this one, so that it is read and cleaned while it is being written.

To read and clean is half of an import's work, and one process of Python does one thing at a time. The process beside
opens the file anew from its path and sends each slice, cleaned and put together, through a pipe; it knows no database.
What it cannot read is raised here, in the same place among the slices as if it had been read here. See docs/adr/0012.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from livingwell.directory.feeds import gather, json_files
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.gather import Entry, Gathered, as_tuple
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.feeds.reading import Here, Slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.directory.feeds.model import Feed, Part
    from livingwell.directory.feeds.reading import Reader


class Stopped(NotAFeed):
    """The process that read was stopped by somebody, most often for want of memory."""


def reader(feed: Feed, *, timezone: str) -> Reader:
    """A reader of a feed: beside us if a part of it is so large that it comes in slices, else here."""
    if feed.path is not None and any(part.in_order for part in feed.parts):
        with suppress(OSError):  # no room for another process: then slowly
            return Beside(feed, timezone=timezone)
    return Here(day_first=feed.day_first, timezone=timezone)


class Beside:
    """This end of the pipe."""

    def __init__(self, feed: Feed, *, timezone: str) -> None:
        order = {
            "path": str(feed.path), "given": feed.given, "day_first": feed.day_first, "timezone": timezone,
            "small": json_files.SMALL, "slice": gather.SLICE,
        }  # fmt: skip
        self.process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__, json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self.pipe = cast("IO[bytes]", self.process.stdout)

    def slices(self, part: Part) -> Iterator[Slice]:
        """Raises what reading raised there; Stopped where it ended before its end."""
        more = True
        while more:
            try:
                one = receive(self.pipe)
            except (EOFError, pickle.UnpicklingError) as error:
                raise Stopped(self._why(part.name)) from error
            more = one.more
            yield one

    def _why(self, name: str) -> str:
        code = self.process.wait()
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return (
            f"{name} was not read to its end: the process that read it was stopped ({how}). "
            "Nothing of it was kept. Is there enough memory? Then try again."
        )

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.pipe.close()


def receive(stream: IO[bytes]) -> Slice:
    """The next slice of a pipe. Raises what `send` was told."""
    kind, *content = pickle.load(stream)  # noqa: S301 - written by the process that we started
    if kind == "raised":
        error, trace = content
        error.add_note(trace)
        raise error
    tables, rest, told, more = content
    said = Gathered({table: {one[1]: Entry(*one) for one in some} for table, some in tables.items()}, **rest)
    return Slice(said, told, more)


def send(feed: Feed, here: Reader, stream: IO[bytes]) -> None:
    """All slices of a feed, into a pipe; and at last what was raised, if something was."""
    try:
        for part in feed.parts:
            for one in here.slices(part):
                _dump(_packed(one), stream)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised again at the other end
        _dump(("raised", _portable(error), traceback.format_exc()), stream)


def _packed(one: Slice) -> tuple[Any, ...]:
    """A slice in plain tuples, which go through a pipe at two thirds of the cost of objects."""
    said = one.said
    tables = {table: [as_tuple(each) for each in entries.values()] for table, entries in said.entries.items()}
    rest = {"themes": said.themes, "folded": said.folded, "ended": said.ended}
    return "slice", tables, rest, one.told, one.more


def _portable(error: Exception) -> Exception:
    """An error as it can be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
    except Exception:  # noqa: BLE001 - whatever an error does when it is copied
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _dump(content: tuple[Any, ...], stream: IO[bytes]) -> None:
    pickle.dump(content, stream, protocol=5)
    stream.flush()


def main(order: dict[str, Any]) -> None:
    """The other end: read what is ordered, send it, and go when nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    gc.disable()
    json_files.SMALL, gather.SLICE = order["small"], order["slice"]  # type: ignore[misc]
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else gets into the pipe
    with suppress(BrokenPipeError), pipe:
        here = Here(day_first=order["day_first"], timezone=order["timezone"])
        try:
            feed = detect(Path(order["path"]), given=order["given"])
        except NotAFeed as error:
            _dump(("raised", error, ""), pipe)
            return
        send(feed, here, pipe)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
    main(json.loads(sys.argv[1]))
