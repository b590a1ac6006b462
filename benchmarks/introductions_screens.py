"""The screens of introductions through the WSGI application, in a process that the database holds back as it does the
web server: how long each takes and how many queries it asks. Started by `benchmarks.introductions`.
"""

import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import md5
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks import scratch
from livingwell.config.wsgi import application

LIMIT_MS = 60.0
TIMES = 60
FORGERY = "a" * 32
"""What a form brings against forgery: the same in the cookie and in the form."""


def main() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, passes = cursor.fetchone()
    assert not passes, role
    print(f"Screens as {role}, milliseconds in the server (limit {LIMIT_MS:.0f} at p95)")
    print(f"  {'':46}{'p50':>7}{'p95':>7}{'most':>7}{'python':>7}{'SQL':>7}  queries")
    worst = max(_measure(name, screen) for name, screen in _screens())
    return int(worst > LIMIT_MS)


def _screens() -> Iterator[tuple[str, Callable[[int], "Browser"]]]:
    """Each screen with what opens it for the turn n: another receiver or patient each time."""
    receivers = [Browser(_id(f"worker{n}")) for n in range(1, 31)]
    largest, practice = Browser(_id("worker0")), Browser(_id("worker7"))

    yield "inbox of an organization", lambda n: receivers[n % 30].get("/introductions/")
    yield "inbox of the largest", lambda _n: largest.get("/introductions/")
    yield "inbox of the largest, page 40", lambda _n: largest.get("/introductions/?page=41")
    yield "one that was received", lambda n: largest.get(f"/introductions/{_id(f'referral{1 + 20 * n}')}/")
    yield "one read by its link", lambda n: Browser().get(f"/answer/{_secret(1 + 20 * (n + 40))}/")
    yield (
        "one answered by its link",
        lambda n: Browser().post(f"/answer/{_secret(2 + 20 * (n + 40))}/", {"say": "yes"}),
    )
    yield "a practice: who needs somebody today", lambda _n: practice.get("/walking-with/")
    yield "a practice: whom to ring", lambda _n: practice.get("/recall/")
    yield "a practice: one to ring", lambda n: practice.get(f"/recall/{_id(f'recall{7 + 50 * (n % 30)}')}/")
    yield "a practice: introductions of a patient", lambda n: practice.get(f"{_patient(n)}introductions/")
    yield "a practice: what it sent", lambda _n: practice.get("/introductions/sent/")
    yield "a practice: write an introduction", lambda n: practice.get(_writing(n))
    written: dict[int, str] = {}

    def write(n: int) -> Browser:
        practice.post(_writing(n), {"weight": "referral", "items": "called", "words": "Sings alto."})
        written[n] = practice.went_to
        return practice

    yield "a practice: write it, posted", write
    yield "a practice: read it back", lambda n: practice.get(written[n])
    yield (
        "a practice: send it",
        lambda n: practice.post(written[n], {"how": "in person", "said": "Yes, tell them"}),
    )


def _patient(n: int) -> str:
    """Somebody of practice number 7."""
    return f"/page/{_id(f'person{7 + 50 * n}')}/"


def _writing(n: int) -> str:
    return f"{_patient(n)}introductions/to/{_id(f'service499-{n % 2}')}/"


def _secret(n: int) -> str:
    from benchmarks.introductions_rows import IN_A_LINK

    return f"{IN_A_LINK}{n}"


def _id(name: str) -> UUID:
    return UUID(md5(name.encode(), usedforsecurity=False).hexdigest())


def _measure(name: str, screen: Callable[[int], "Browser"]) -> float:
    taken, asked, before = [], [], time.process_time()
    for n in range(TIMES):
        with _queries() as queries:
            answered = screen(n)
        assert answered.status in {200, 302}, (name, answered.status, answered.body[:2000])
        taken.append(answered.milliseconds)
        asked.append(queries)
    worked = (time.process_time() - before) * 1000 / TIMES
    taken = taken[5:]  # the first of a process make templates and plans
    p50, p95 = (scratch.percentile(taken, share) for share in (0.5, 0.95))
    database = sum(milliseconds for milliseconds, _statement in asked[-1])
    print(
        f"  {name:46}{p50:7.1f}{p95:7.1f}{max(taken):7.1f}{worked:7.1f}{database:7.1f}  {len(asked[-1])}",
        flush=True,
    )
    if "--explain" in sys.argv:
        for milliseconds, statement in sorted(asked[-1], reverse=True)[:3]:
            print(f"      {milliseconds:6.1f} ms  {' '.join(statement.split())[:160]}")
    return p95


@contextmanager
def _queries() -> Iterator[list[tuple[float, str]]]:
    from django.db import connection

    seen: list[tuple[float, str]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append(((time.perf_counter() - began) * 1000, str(sql)))

    with connection.execute_wrapper(note):
        yield seen


class Browser:
    """Somebody who asks for pages: signed in, or without an account."""

    def __init__(self, account: UUID | None = None) -> None:
        self.cookies = {"csrftoken": FORGERY}
        if account is not None:
            self.cookies["sessionid"] = _session(account)
        self.status, self.went_to, self.body, self.milliseconds = 0, "", b"", 0.0

    def get(self, path: str) -> "Browser":
        return self._ask("GET", path, b"")

    def post(self, path: str, form: dict[str, str]) -> "Browser":
        return self._ask("POST", path, urlencode(form | {"csrfmiddlewaretoken": FORGERY}).encode())

    def _ask(self, method: str, address: str, body: bytes) -> "Browser":
        path, _, query = re.sub(r"^https?://[^/]+", "", address).partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        began = time.perf_counter()
        answer = application(environ, self._begin)
        self.body = b"".join(answer)
        answer.close()
        self.milliseconds = (time.perf_counter() - began) * 1000
        return self

    def _begin(
        self, status: str, headers: list[tuple[str, str]], _error: Any = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        self.went_to = dict(headers).get("Location", "")
        return lambda _piece: None


def _session(account: UUID) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from livingwell.people.models import Account

    session = SessionStore()
    session[SESSION_KEY] = str(account)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = Account.objects.get(pk=account).get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    os.environ.setdefault("LIVINGWELL_PROCESS", "web")
    sys.exit(main())
