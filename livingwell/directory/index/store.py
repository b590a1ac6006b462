"""Where the search index lies on a host, which build of it is the one to read, and who may write to it.

One folder for each directory (so that no database's index is taken for another's). In it: `now.json`, which names
the build to read and the edition of the directory that it is in step with; the builds; a lock that one writer holds.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import tantivy

from livingwell.directory.index.layout import LAYOUT, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

NOW: Final = "now.json"


@dataclass(frozen=True, slots=True)
class State:
    """Which build is the one to read, made by which layout, and the edition of the directory that it tells of."""

    build: str
    edition: int
    layout: int = LAYOUT


class Store:
    """The index of one directory on this host: as this process has it open."""

    def __init__(self, root: Path, directory: UUID) -> None:
        self.folder = root / str(directory)
        self._seen: tuple[int, int] | None = None
        self._state: State | None = None
        self._index: tantivy.Index | None = None

    def open(self) -> tuple[State, tantivy.Index] | None:
        """The index as it is now, to read from; None where there is none that can be read. Cheap to call again."""
        try:
            status = (self.folder / NOW).stat()
            if self._seen != (status.st_mtime_ns, status.st_ino):
                self._read()
                self._seen = (status.st_mtime_ns, status.st_ino)
        except (OSError, ValueError, KeyError, TypeError):
            self._seen = self._state = self._index = None
        if self._state is None or self._index is None:
            return None
        return self._state, self._index

    def _read(self) -> None:
        state = State(**json.loads((self.folder / NOW).read_text()))
        if state.layout != LAYOUT:
            self._state = self._index = None
        elif self._index is not None and self._state is not None and self._state.build == state.build:
            self._index.reload()
            self._state = state
        else:
            index = tantivy.Index.open(str(self.folder / state.build))
            index.config_reader("manual")
            index.reload()
            self._state, self._index = state, index

    @contextlib.contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        """Be the one writer on this host. Says whether we are: without waiting, somebody else may be."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def new(self, name: str) -> tantivy.Index:
        """An empty build."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return tantivy.Index(schema(), path=str(path))

    def publish(self, state: State) -> None:
        """Let every process read this state from now on; builds that it does not name go."""
        fresh = self.folder / f"{NOW}.new"
        fresh.write_text(json.dumps(asdict(state)))
        fresh.replace(self.folder / NOW)
        for path in self.folder.glob("build-*"):
            if path.name != state.build:
                shutil.rmtree(path, ignore_errors=True)
