"""Doing a thing several times at the same moment, for tests of what the database holds when people act at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item = TypeVar("Item")
Result = TypeVar("Result")


def at_once(act: Callable[[Item], Result], each: Iterable[Item]) -> list[Result]:
    """What came of it with each of them, in their order; what one raises is raised here.

    Each has a thread and a connection of its own, and none begins before all are there.
    """
    items = list(each)
    ready = Barrier(len(items))

    def begin(item: Item) -> Result:
        try:
            ready.wait(timeout=30)
            return act(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(begin, items))
