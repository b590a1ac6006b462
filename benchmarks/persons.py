"""Pages of persons at scale, with row-level security on: my page, today's list, who sees what, who looked.

./lw bench persons --persons 100000

The requests go through the whole WSGI application (middleware, session, templates) in this process, on a connection
that holds the role of the web process. Printed beside the times: how many queries a page takes, at 1,000 persons too.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from benchmarks import scratch

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

SMALL: Final = 1000
LIMIT_MS: Final = 60.0
WARM: Final = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench persons", description=__doc__.split("\n")[0])
    parser.add_argument("--persons", type=int, default=5000)
    parser.add_argument("--requests", type=int, default=150, help="of each page")
    parser.add_argument(
        "--queries-only", action="store_true", help="print the number of queries of each page"
    )
    options = parser.parse_args()
    scratch.use(f"persons_{options.persons}")
    from django.core.management import call_command

    from benchmarks.persons_filled import fill

    call_command("collectstatic", interactive=False, verbosity=0)
    fill(options.persons)
    with _as_the_web_process():
        if options.queries_only:
            print(json.dumps(_queries(options.persons)))
            return 0
        return _measure(options.persons, options.requests)


def _measure(persons: int, requests: int) -> int:
    queries, few = _queries(persons), _at(SMALL)
    broken = queries != few
    print(f"\n{persons:,} persons with pages, row-level security on, one process")
    print(
        f"  {'page':14} {'p50':>8} {'p95':>8}   queries (at {SMALL:,} persons)   limit p95 {LIMIT_MS:.0f} ms"
    )
    for name, address in PAGES.items():
        visits = [_visit(name, address, number, persons) for number in range(requests + WARM)]
        taken = scratch.times(lambda visit: _get(*visit), visits)[WARM:]
        p50, p95 = (scratch.percentile(taken, share) for share in (0.5, 0.95))
        broken |= p95 > LIMIT_MS
        print(f"  {name:14} {p50:5.1f} ms {p95:5.1f} ms   {queries[name]} ({few[name]})")
    return int(broken)


PAGES: Final = {
    "my page": "/page/{page}/",
    "walking with": "/walking-with/",
    "who sees what": "/page/{page}/who-sees/",
    "who looked": "/page/{page}/who-sees/looks/",
    "steps": "/page/{page}/steps/",
    "their page": "/page/{page}/",
}
"""The four that have a limit in the plan, and two more for comparison; the last is looked at by the link worker."""


def _visit(name: str, address: str, number: int, persons: int) -> "tuple[Client, str]":
    """Somebody signed in, different ones in turn, and the address they ask for."""
    which = (number * 7919 + 30) % persons
    by_worker = name in {"walking with", "their page"}
    who = _id("worker", which // 60) if by_worker else _id("account", which)
    return _client(who), address.format(page=_id("person", which))


def _id(kind: str, number: int) -> "UUID":
    import hashlib
    from uuid import UUID

    return UUID(hashlib.md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


def _client(account: "UUID") -> "Client":
    from django.test import Client

    from livingwell.people.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(pk=account))
    client.get("/account/")  # what a session notes at its first request is not the page's
    return client


def _get(client: "Client", address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, address)


def _queries(persons: int) -> dict[str, int]:
    """How many queries each page takes for somebody in the middle."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for name, address in PAGES.items():
        client, wanted = _visit(name, address, 11, persons)
        _get(client, wanted)
        with CaptureQueriesContext(connection) as seen:
            _get(client, wanted)
        counts[name] = len(seen)
    return counts


def _at(persons: int) -> dict[str, int]:
    """The same in a database of so many persons."""
    command = [sys.executable, "-m", "benchmarks.persons", "--persons", str(persons), "--queries-only"]
    ours = os.environ | {"LIVINGWELL_PROCESS": ""}  # it also fills, which the one that serves may not
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=ours)  # noqa: S603 - our own command
    counts: dict[str, int] = json.loads(found.stdout.splitlines()[-1])
    return counts


@contextlib.contextmanager
def _as_the_web_process() -> Iterator[None]:
    """The role that serves pages, for the whole session, in a process made ready as the one that serves."""
    from django.conf import settings
    from django.db import connection

    import livingwell.config.wsgi  # noqa: F401 - what is loaded before the first page, and how memory is collected
    from livingwell.core.roles import WEB_ROLE

    settings.DEMONSTRATION = True  # made-up link workers need no second step
    settings.ALLOWED_HOSTS = ["localhost"]
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION ROLE {WEB_ROLE}")
    yield


if __name__ == "__main__":
    sys.exit(main())
