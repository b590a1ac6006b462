"""A mail server takes a message, asks for patience, refuses, or breaks off; each has its meaning."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from livingwell.messaging.adapters import named
from livingwell.messaging.adapters.port import Passing, Post, Refused, Unclear
from livingwell.messaging.models import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.conf import LazySettings

POST = Post(Channel.EMAIL, "name@example.com", "What you kept", "Choir, Tue 7pm", "0b6e")


class Session(socketserver.StreamRequestHandler):
    """One conversation by https://www.rfc-editor.org/rfc/rfc5321, as far as sending a message needs it."""

    server: Server

    def handle(self) -> None:
        self.say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line.decode().strip().upper()
            if word.startswith("RCPT") and self.server.to_rcpt:
                self.say(self.server.to_rcpt)
            elif word == "DATA":
                self.say("354 go on")
                if not self.data():
                    return
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def data(self) -> bool:
        words = [line.decode() for line in iter(self.rfile.readline, b".\r\n")]
        self.server.taken.append("".join(words))
        if self.server.breaks_off:
            return False
        self.say("250 taken")
        return True

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    to_rcpt = ""
    breaks_off = False
    taken: list[str]


@contextmanager
def mail_server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Session) as server:
        server.taken = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address[:2]
        settings.DEFAULT_FROM_EMAIL = "Living Well Network <hello@livingwell.example>"
        settings.MESSAGES_TIMEOUT = 2
        yield running


def test_a_mail_has_our_reference_as_its_id(server: Server) -> None:
    assert named("smtp").send(POST) == "<0b6e@livingwell.example>"
    mail = server.taken[0]
    assert "Message-ID: <0b6e@livingwell.example>" in mail
    assert "Subject: What you kept" in mail
    assert "Choir, Tue 7pm" in mail


@pytest.mark.parametrize(
    ("answer", "meaning"), [("451 try later", Passing), ("550 no such mailbox", Refused)]
)
def test_each_answer_of_a_mail_server_has_its_meaning(
    server: Server, answer: str, meaning: type[Exception]
) -> None:
    server.to_rcpt = answer
    with pytest.raises(meaning) as said:
        named("smtp").send(POST)
    assert "example.com" not in str(said.value)


def test_a_mail_that_was_cut_off_may_have_been_taken_so_a_person_decides(server: Server) -> None:
    server.breaks_off = True
    with pytest.raises(Unclear):
        named("smtp").send(POST)


def test_a_mail_server_that_is_not_there_is_tried_later(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(Passing):
        named("smtp").send(POST)
