"""Bringing the search index of this host in step with the directory: what changed, or all of it afresh."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Final

import tantivy
from django.conf import settings
from django.db import connection, transaction

from livingwell.directory.index.layout import LISTED, Listed, document, number_of
from livingwell.directory.index.store import State, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID


AFRESH: Final = 0.3  # when more of the directory changed than this share, it is read afresh
FEW: Final = 2_000  # so few are always brought up to date one by one
AT_ONCE: Final = 2_000  # listings read at a time
MEMORY: Final = 100_000_000  # bytes, while writing
PATIENCE: Final = 30.0  # seconds that an index may stay behind before PostgreSQL is asked instead

log = logging.getLogger(__name__)
_stores: dict[UUID, Store] = {}
_behind: dict[UUID, tuple[int, float]] = {}
_busy = threading.Lock()
_wanted = threading.Event()


def reader(directory: UUID, edition: int) -> tantivy.Index | None:
    """The index to search in; None where there is none, or none that is good enough.

    One that is behind is brought in step in the background and is good enough for a while.
    """
    store = _store(directory)
    if store is None:
        return None
    opened = store.open()
    if opened and opened[0].edition == edition:
        _behind.pop(directory, None)
        return opened[1]
    if settings.SEARCH_WAITS:
        bring_in_step()
        opened = store.open()
        return opened[1] if opened else None
    soon()
    if opened is None:
        return None
    since = _behind.setdefault(directory, (opened[0].edition, time.monotonic()))
    if since[0] != opened[0].edition:
        since = _behind[directory] = (opened[0].edition, time.monotonic())
    return opened[1] if time.monotonic() - since[1] < PATIENCE else None


def bring_in_step(*, wait: bool = True) -> bool:
    """Make the index of this host tell what the directory tells now. Whether it does; without `wait`, not where
    another process is at it already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory FROM directory_edition")
        row = cursor.fetchone()
    store = _store(row[0]) if row else None
    if store is None:
        return False
    with store.writing(wait=wait) as ours:
        if ours:
            with _one_look():
                _write(store, _edition())
        return ours


@contextlib.contextmanager
def _one_look() -> Iterator[None]:
    """See the directory as it is at one moment: what changes meanwhile belongs to the next time."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _edition() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM directory_edition")
        return int(cursor.fetchone()[0])


def _store(directory: UUID) -> Store | None:
    if settings.SEARCH_FOLDER is None:
        return None
    found = _stores.get(directory)
    if found is None or found.folder.parent != settings.SEARCH_FOLDER:
        found = _stores[directory] = Store(settings.SEARCH_FOLDER, directory)
    return found


def _write(store: Store, edition: int) -> None:
    opened = store.open()
    if opened and opened[0].edition == edition:
        return
    if opened and opened[0].edition < edition:
        changed = _changed_since(opened[0].edition)
        if len(changed) <= max(FEW, AFRESH * opened[1].searcher().num_docs):
            _update(opened[1], changed)
            store.publish(State(opened[0].build, edition))
            return
    name = f"build-{edition}"
    _fill(store.new(name))
    store.publish(State(name, edition))


def _changed_since(edition: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT service_id FROM directory_relisted WHERE edition > %s", [edition])
        return [service for (service,) in cursor.fetchall()]


def _update(index: tantivy.Index, services: Sequence[UUID]) -> None:
    writer = index.writer(MEMORY, 1)
    for start in range(0, len(services), AT_ONCE):
        some = services[start : start + AT_ONCE]
        owners = [number_of(service) for service in some]
        # Not delete_documents_by_term: it finds nothing by a number (tantivy 0.27).
        writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "owner", owners))
        with connection.cursor() as cursor:
            cursor.execute(f"{LISTED} WHERE service_id = ANY(%s::uuid[])", [list(some)])
            for row in cursor.fetchall():
                writer.add_document(document(Listed(*row)))
    writer.commit()
    writer.wait_merging_threads()


def _fill(index: tantivy.Index) -> None:
    writer = index.writer(MEMORY, 1)
    for row in _all():
        writer.add_document(document(row))
    writer.commit()
    writer.wait_merging_threads()


def _all() -> Iterator[Listed]:
    """Every listing, a part at a time, so that memory stays flat."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{LISTED} WHERE id > %s ORDER BY id LIMIT %s", [last, AT_ONCE])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from (Listed(*row) for row in rows)
        last = rows[-1][0]


def soon() -> None:
    """Bring it in step in the background, one at a time in this process; once more if asked meanwhile."""
    _wanted.set()
    if settings.SEARCH_FOLDER is not None and not settings.SEARCH_WAITS and _busy.acquire(blocking=False):
        threading.Thread(target=_in_the_background, name="search-index", daemon=True).start()


def _in_the_background() -> None:
    try:
        while _wanted.is_set():
            _wanted.clear()
            bring_in_step(wait=False)
    except Exception:
        log.exception("The search index could not be brought in step.")
    finally:
        connection.close()
        _busy.release()
