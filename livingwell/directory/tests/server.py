"""A source of others on this machine: a real web server in a thread, that answers as it is told."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from livingwell.directory.feeds.fetch import Manners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN = Manners(
    agent="Test", inside=True, plain_http=True, tries=3, first_wait=0.01, longest_wait=5.0, read=5.0,
    largest_page=200_000, largest_file=200_000,
)  # fmt: skip


@dataclass
class Reply:
    """What to answer: JSON, or bytes as they are."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


@dataclass
class Asked:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Server:
    """`answers`: by path, a function of what was asked. `first`: replies that come once each before those."""

    url: str = ""
    answers: dict[str, Callable[[Asked], Reply]] = field(default_factory=dict)
    first: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Asked] = field(default_factory=list)

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.first[asked.path]:
            return self.first[asked.path].pop(0)
        answer = self.answers.get(asked.path)
        return answer(asked) if answer else Reply({"detail": "nothing here"}, 404)


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            reply = server.reply(Asked(parts.path, query, dict(self.headers)))
            body = reply.body() if reply.status != 304 else b""
            self.send_response(reply.status)
            length = reply.headers.pop("Content-Length", str(len(body)))
            self.send_header("Content-Length", length)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def directory(
    server: Server, services: list[dict[str, Any]], *, per_page: int = 2, uk_1: bool = False
) -> None:
    """Let a server speak as an API of HSDS 3.0, or of Open Referral UK 1.0, over this list, which may change."""

    def page(asked: Asked) -> Reply:
        since = asked.query.get("modified_after", "")
        those = [one for one in services if one.get("last_modified", "9") >= since]
        number = int(asked.query.get("page", "1"))
        some = those[(number - 1) * per_page : number * per_page]
        pages = max(1, -(-len(those) // per_page))
        if uk_1:
            short = [{"id": one["id"], "name": one["name"], "status": "active"} for one in some]
            return Reply(
                {"totalElements": len(those), "totalPages": pages, "number": number, "size": len(some),
                 "first": number == 1, "last": number >= pages, "content": short}
            )  # fmt: skip
        return Reply(
            {"total_items": len(those), "total_pages": pages, "page_number": number, "size": len(some),
             "first_page": number == 1, "last_page": number >= pages, "empty": not some, "contents": some}
        )  # fmt: skip

    server.answers["/services"] = page
    for one in services:
        server.answers[f"/services/{one['id']}"] = partial(_one, one)


def _one(service: dict[str, Any], _asked: Asked) -> Reply:
    return Reply(service)
