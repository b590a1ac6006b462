"""Start the whole network on this machine: database, content, web server and job worker, and stop them together."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Start the network: database, Lambeth demonstration content, web server, job worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "1")))

    def handle(self, *, port: int, host: str, workers: int, **options: object) -> None:
        # Both said outright: a shell that starts us in the background has SIGINT ignored.
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, _leave)
        with contextlib.suppress(KeyboardInterrupt):
            self._serve(host, port, workers)

    def _serve(self, host: str, port: int, workers: int) -> None:
        began = time.monotonic()
        _see_that_port_is_free(host, port)
        call_command("prepare", stdout=self.stdout)
        _collect_static()
        connections.close_all()
        children = _start(host, port, workers)
        try:
            _wait_until_it_answers(host, port, children)
            self.stdout.write(
                f"The Living Well Network is at http://{host}:{port}/ "
                f"(started in {time.monotonic() - began:.1f} s; Ctrl-C stops it)"
            )
            self.stdout.flush()
            _wait(children)
        finally:
            _stop(children)


def _see_that_port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise CommandError(f"{port} is not a port number. Choose one from 1024 to 65535.") from error
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another: PORT={port + 1} ./lw serve"
            ) from error


def _collect_static() -> None:
    """Gather the style sheet and its friends for the web server, when they are newer than what was gathered."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = Path(settings.BASE_DIR, "livingwell").glob("*/static/**/*")
    newest = max((path.stat().st_mtime for path in sources if path.is_file()), default=0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, clear=manifest.exists(), verbosity=0)


def _start(host: str, port: int, workers: int) -> list[subprocess.Popen[bytes]]:
    web = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning"]
    web += ["livingwell.config.wsgi:application"]
    # Several at once, so that a source that takes long to read holds up no message.
    worker = ["-m", "livingwell", "procrastinate", "worker", "--concurrency", "3"]
    environment = {key: value for key, value in os.environ.items() if key != "LIVINGWELL_NO_POOL"}
    return [
        subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *arguments], env=environment, start_new_session=True, preexec_fn=_die_with_parent
        )
        for arguments in (web, worker)
    ]


def _die_with_parent() -> None:
    """Should the parent be killed outright, be told to stop as well (Linux; elsewhere nothing happens)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_it_answers(host: str, port: int, children: Sequence[subprocess.Popen[bytes]]) -> None:
    for _ in range(300):
        if any(child.poll() is not None for child in children):
            raise CommandError("The network did not start. What went wrong stands above.")
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.05)
    raise CommandError(f"The web server did not answer on port {port} within 15 seconds.")


def _wait(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until a part ends by itself, and say so; Ctrl-C or SIGTERM ends the waiting."""
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    raise CommandError(
        "A part of the network ended by itself; the rest was stopped too. See what stands above."
    )


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave: SIGTERM does what Ctrl-C does."""
    raise KeyboardInterrupt


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_IGN)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
