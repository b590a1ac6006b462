"""A database of its own for a measurement, so that nothing anybody uses is touched."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

Item = TypeVar("Item")


def use(name: str) -> None:
    """Make (where missing) and use the database `livingwell_bench_<name>`, migrated, with the vocabulary published.

    Call it first: before Django's settings are read.
    """
    import psycopg

    from livingwell.config import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
    os.environ["LIVINGWELL_NO_POOL"] = "1"
    database.ensure()
    wanted = f"livingwell_bench_{name}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted]).fetchone():
            connection.execute(f'CREATE DATABASE "{wanted}"')
    for name_of_url in ("DATABASE_URL", "WEB_DATABASE_URL"):
        if url := os.environ.get(name_of_url):
            os.environ[name_of_url] = urlunsplit(urlsplit(url)._replace(path=f"/{wanted}"))

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from livingwell.themes.actions import publish
    from livingwell.themes.vocabulary import vocabulary

    publish(vocabulary())
    sys.stderr.write(f"Measuring in the database {wanted}.\n")


def percentile(values: list[float], share: float) -> float:
    """The value that this share (0 to 1) of the values does not exceed, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def times(work: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """How long the work takes for each of the items, in milliseconds."""
    taken = []
    for item in items:
        began = time.perf_counter()
        work(item)
        taken.append((time.perf_counter() - began) * 1000)
    return taken
