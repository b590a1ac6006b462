"""Notify and Twilio as their published contracts describe them, on this machine: what they take, refuse and remember.

https://docs.notifications.service.gov.uk/rest-api.html and https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import base64
import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ISSUER = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"a_test_key-{ISSUER}-{SECRET}"
SID = "AC" + "0" * 32
TOKEN = "twilio-token"
NEEDED = {
    "sms": {"phone_number", "template_id"},
    "email": {"email_address", "template_id"},
    "letter": {"template_id", "personalisation"},
}
KNOWN = {"personalisation", "reference"}

Answer = tuple[int, dict[str, Any]]


class Standin:
    """What the stand-in took, and how it is told to misbehave: a status for the next requests, a pause, a hook."""

    def __init__(self) -> None:
        self.address = ""
        self.taken: list[dict[str, Any]] = []
        self.trouble: list[Answer] = []
        self.pause = 0.0
        self.before_answer: Callable[[int], None] = lambda _count: None
        self.lock = threading.Lock()

    def notify(self, method: str, path: str, query: dict[str, list[str]], said: dict[str, Any]) -> Answer:
        if method == "GET":
            asked = query.get("reference", [""])[0]
            found = [each for each in self.taken if not asked or each["reference"] == asked]
            return 200, {"notifications": found, "links": {"current": self.address + path}}
        kind = path.rsplit("/", 1)[1]
        missing = NEEDED[kind] - said.keys()
        unknown = said.keys() - NEEDED[kind] - KNOWN
        if missing or unknown:
            words = [f"{name} is a required property" for name in missing]
            words += [f"Additional properties are not allowed ({name} was unexpected)" for name in unknown]
            return _notify_error(400, "ValidationError", *words)
        if (
            kind == "letter"
            and not {f"address_line_{n}" for n in (1, 2, 3)} <= said["personalisation"].keys()
        ):
            return _notify_error(400, "ValidationError", "Address must be at least 3 lines")
        made = {"id": str(uuid4()), "type": kind, "reference": said.get("reference"), "said": said}
        self.taken.append(made)
        return 201, {
            "id": made["id"],
            "reference": made["reference"],
            "content": {"body": said["personalisation"].get("body", "")},
            "uri": f"{self.address}/v2/notifications/{made['id']}",
            "template": {"id": said["template_id"], "version": 1, "uri": ""},
        }

    def twilio(self, method: str, query: dict[str, list[str]], form: dict[str, list[str]]) -> Answer:
        if method == "GET":
            to = query["To"][0]
            found = [each for each in self.taken if each["to"] == to]
            return 200, {"messages": found, "next_page_uri": None, "page": 0, "page_size": 50}
        missing = [name for name in ("To", "Body") if name not in form]
        if missing or not ({"From", "MessagingServiceSid"} & form.keys()):
            return _twilio_error(400, 21603, "A 'From' phone number is required.")
        made = {
            "sid": "SM" + uuid4().hex,
            "account_sid": SID,
            "to": form["To"][0],
            "from": form.get("From", [None])[0],
            "body": form["Body"][0],
            "status": "queued",
            "date_created": format_datetime(datetime.now(UTC)),
            "date_sent": None,
            "error_code": None,
            "status_callback": form.get("StatusCallback", [""])[0],
        }
        self.taken.append(made)
        return 201, made


def _notify_error(status: int, kind: str, *words: str) -> Answer:
    return status, {"status_code": status, "errors": [{"error": kind, "message": word} for word in words]}


def _twilio_error(status: int, code: int, words: str) -> Answer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return status, {"code": code, "message": words, "more_info": more, "status": status}


def _allowed(path: str, header: str) -> Answer | None:
    """None where the caller shows what the contract asks for."""
    if path.startswith("/v2/"):
        try:
            said = jwt.decode(
                header.removeprefix("Bearer "), SECRET, algorithms=["HS256"], options={"verify_iat": False}
            )
        except jwt.InvalidTokenError:
            return _notify_error(403, "AuthError", "Invalid token: signature, api token not found")
        if said.get("iss") != ISSUER or abs(time.time() - said.get("iat", 0)) > 30:
            return _notify_error(
                403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"
            )
        return None
    shown = base64.b64decode(header.removeprefix("Basic ")).decode()
    return None if shown == f"{SID}:{TOKEN}" else _twilio_error(401, 20003, "Authenticate")


@contextmanager
def running() -> Iterator[Standin]:
    standin = Standin()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            refused = _allowed(parts.path, self.headers.get("Authorization", ""))
            count = 0
            with standin.lock:
                if refused is not None:
                    status, said = refused
                elif standin.trouble and self.command == "POST":
                    status, said = standin.trouble.pop(0)
                elif parts.path.startswith("/v2/notifications"):
                    words = json.loads(body) if body else {}
                    status, said = standin.notify(self.command, parts.path, parse_qs(parts.query), words)
                    count = len(standin.taken) if self.command == "POST" else 0
                elif parts.path == f"/2010-04-01/Accounts/{SID}/Messages.json":
                    form = parse_qs(body.decode())
                    status, said = standin.twilio(self.command, parse_qs(parts.query), form)
                    count = len(standin.taken) if self.command == "POST" else 0
                else:
                    status, said = 404, {}
            if count:
                standin.before_answer(count)
            time.sleep(standin.pause)
            answer = json.dumps(said).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                return  # Whoever asked is gone.

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server calls

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    standin.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
