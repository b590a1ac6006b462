"""The one command that starts everything: it starts, says where, keeps data through the worst, and stops all of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent
PATIENCE = 240.0  # seconds that a start may take on a slow machine before the test gives up


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Network:
    """A whole network of its own in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "LIVINGWELL_ENVIRONMENT"}
        } | {"LIVINGWELL_DATA": str(folder), "PORT": str(self.port)}
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start it as a script does in the background, deaf to SIGINT, and return the line that says where it is."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livingwell", "serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if "http://" in line:
                return line
        raise AssertionError("it ended without saying where it is")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
            return str(response.read().decode())

    def parts(self) -> list[psutil.Process]:
        assert self.process
        found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return found

    def postgres(self) -> list[int]:
        return [
            process.pid
            for process in psutil.process_iter(["cmdline"])
            if str(self.folder / "postgres") in (process.info["cmdline"] or [])
        ]

    def say(self, sign: signal.Signals) -> int:
        assert self.process
        assert self.process.stdout
        self.process.send_signal(sign)
        code = self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """In the common temporary folder: as root the embedded PostgreSQL runs as another user, who must get there."""
    folder = Path(tempfile.mkdtemp(prefix="livingwell-test-"))
    made = Network(folder)
    yield made
    if made.process and made.process.poll() is None:
        made.say(signal.SIGTERM)
    shutil.rmtree(folder)


def gone(processes: list[psutil.Process]) -> bool:
    _gone, alive = psutil.wait_procs(processes, timeout=15)
    return not alive


def test_it_starts_says_where_and_stops_all_that_it_started(network: Network) -> None:
    assert f"http://127.0.0.1:{network.port}/" in network.start()
    assert "What’s going on" in network.get("/")
    assert "Sing Streatham" in network.get("/directory/?q=choir")
    parts = network.parts()
    assert len(parts) >= 2
    assert network.postgres()

    network.say(signal.SIGTERM)

    assert gone(parts)
    assert not network.postgres()


def test_what_is_kept_survives_a_kill_and_the_next_start(network: Network) -> None:
    network.start()
    parts = [part for part in network.parts() if "postgres" not in part.name()]

    network.say(signal.SIGKILL)

    assert gone(parts)
    network.start()
    assert "Sing Streatham" in network.get("/directory/?q=choir")
    network.say(signal.SIGINT)
    deadline = time.monotonic() + 15
    while network.postgres() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not network.postgres()


def refused(network: Network, **changed: str) -> str:
    """What it says when it cannot start."""
    done = subprocess.run(
        [sys.executable, "-m", "livingwell", "serve"],
        cwd=ROOT,
        env=network.environment | changed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_a_taken_port_is_one_clear_sentence(network: Network) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        said = refused(network, PORT=str(taken))

    assert f"Port {taken}" in said
    assert "PORT=" in said


def test_a_data_folder_that_cannot_be_used_is_one_clear_sentence(network: Network, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")

    said = refused(network, LIVINGWELL_DATA=str(in_the_way))

    assert "cannot be read and written" in said
    assert "LIVINGWELL_DATA" in said


def test_a_database_of_a_newer_version_is_one_clear_sentence(network: Network) -> None:
    import psycopg

    network.start()
    try:
        where = f"postgresql://livingwell@/livingwell?host={network.folder / 'postgres'}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('directory', '9999_future', now())"
            )
            said = refused(network, DATABASE_URL=where, PORT=str(free_port()))
            connection.execute("DELETE FROM django_migrations WHERE name = '9999_future'")
    finally:
        network.say(signal.SIGTERM)

    assert "newer version" in said


def test_a_database_that_does_not_answer_is_one_clear_sentence(network: Network) -> None:
    said = refused(network, DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")

    assert "database" in said.lower()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 50}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "a.example", "SECURE_COOKIES": "no"}, "SECURE_COOKIES"),
        (
            {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "a.example", "LIVINGWELL_PROCESS": "web"}
            | {"DATABASE_URL": "postgresql://nobody@/nothing", "WEB_DATABASE_URL": ""},
            "WEB_DATABASE_URL",
        ),
    ],
)
def test_production_refuses_to_start_with_unsafe_settings(wrong: dict[str, str], said: str) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key not in {"SECRET_KEY", "ALLOWED_HOSTS"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "livingwell", "check"],
        cwd=ROOT,
        env=environment | {"LIVINGWELL_ENVIRONMENT": "production"} | wrong,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


def test_the_process_that_serves_pages_asks_the_database_as_the_role_that_is_held_back(
    network: Network,
) -> None:
    import psycopg

    network.start()
    network.get("/directory/")
    owner = next(part.environ()["DATABASE_URL"] for part in network.parts() if "worker" in part.cmdline())
    with psycopg.connect(owner) as connection:
        asked = connection.execute(
            "SELECT DISTINCT usename, application_name FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    assert {name for name, _application in asked} == {"livingwell", "livingwell_web"}
