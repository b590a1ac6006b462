"""A real browser before the real site with the Lambeth demonstration content in it.

The journeys run last: the content they load stays in the test database until it is dropped.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from livingwell.core.roles import WEB_ROLE
from livingwell.people.invented import INVENTED
from livingwell.people.models import Account

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; the site does not
Result = TypeVar("Result")
PHONE: ViewportSize = {"width": 360, "height": 740}
LIMITS = [name for name in dir(settings) if "_PER_" in name and not name.startswith("_")]
"""How often one address may do something: here all browsers have the same."""
DESK: ViewportSize = {"width": 1280, "height": 900}
expect.set_options(timeout=20_000)  # a busy machine may take longer; a page that never comes still fails


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("load_demonstration", verbosity=0)
        connection_created.connect(_as_the_web_process)
        server = LiveServer("localhost:0")
        try:
            with override_settings(**dict.fromkeys(LIMITS, 1_000_000)):
                yield server.url
        finally:
            server.stop()
            connection_created.disconnect(_as_the_web_process)
            _close_what_pages_left_open()


def _as_the_web_process(connection: BaseDatabaseWrapper, **_named: object) -> None:
    """The site's own threads ask the database as the role that serves pages, as they do when the network runs."""
    ours = threading.current_thread() is threading.main_thread() or "apart" in threading.current_thread().name
    if not ours:
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION ROLE {WEB_ROLE}")


def _close_what_pages_left_open() -> None:
    """A page that is closed half way leaves a connection behind, and the test database could not be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert program, "The journeys need Chromium; ./lw test installs it or says how."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(params=["with script", "without script"])
def phone(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    """A page on a small phone, once with script and once without."""
    context = chromium.new_context(
        base_url=site,
        viewport=PHONE,
        java_script_enabled=request.param == "with script",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site, viewport=DESK)
    yield context
    context.close()


@pytest.fixture
def desk(context: BrowserContext) -> Page:
    """A page on a desk's screen."""
    return context.new_page()


@pytest.fixture
def staff_desk(chromium: Browser, site: str) -> Iterator[Page]:
    """A desk's screen at which the invented editor is signed in, second step and all."""
    context = chromium.new_context(base_url=site, viewport=DESK)
    sign_in_as("editor", context, site)
    yield context.new_page()
    context.close()


def for_good(work: Callable[[], Result]) -> Result:
    """Do something that the running site must see: on a connection of its own, outside the test's transaction."""

    def apart() -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1, thread_name_prefix="apart") as threads:
        return threads.submit(apart).result()


def sign_in_as(slug: str, context: BrowserContext, site: str) -> None:
    """Give a browser the session of one of the invented people: "editor" or "volunteer"."""
    client = Client()
    pk = next(one.pk for one in INVENTED if one.slug == slug)
    for_good(lambda: client.force_login(Account.objects.get(pk=pk)))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
