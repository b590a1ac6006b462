"""The site as it is served, on a port of its own, and a browser in which somebody made up is signed in there."""

import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from livingwell.people.models import Account


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(
    port: int,
    *,
    application: str = "livingwell.config.wsgi:application",
    workers: int = 1,
    threads: int = 2,
    **settings: str,
) -> "subprocess.Popen[bytes]":
    """The web server over the scratch database, once it answers. `settings`: what else stands in its environment."""
    environment = {key: value for key, value in os.environ.items() if key != "LIVINGWELL_NO_POOL"}
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    web += ["--blocking-threads", str(threads), "--log-level", "warning", application]
    server = subprocess.Popen(web, env=environment | settings)  # noqa: S603 - our own command
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise SystemExit("The web server did not start.")


def sign_in(context: "BrowserContext", account: "Account", site: str) -> None:
    """Give a browser the session of somebody."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
