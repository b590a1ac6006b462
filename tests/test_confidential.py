"""No exit tells where a confidential place is: every address is walked, as a stranger and as an editor."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import get_resolver

from livingwell.directory.actions.importing import Named, take
from livingwell.directory.actions.listing import refresh_all
from livingwell.directory.feeds.detect import detect
from livingwell.directory.index import step
from livingwell.directory.models import Service
from livingwell.directory.queries.search import search
from livingwell.directory.queries.wanted import Wanted
from livingwell.directory.tests import make
from livingwell.handouts import chosen
from livingwell.people.tests.make import editor, signed_in
from tests.test_architecture import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from django.http import HttpResponseBase
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
SIGNS = ("quillfeather", "se5 7qx", "se57qx", "se5%207qx", "51.4777", "-0.0888")
REFUGE = "Harbour Refuge,Havens,A safe place at 7 Quillfeather Mews. Ring first.,Quillfeather House,7 Quillfeather Mews"
LIST = f"""name,organization,description,place_name,address,postcode,latitude,longitude,phone,confidential
{REFUGE},SE5 7QX,51.47771,-0.08882,020 7946 0001,yes
Harbour Tea,Havens,Tea and talk for women.,Open Hall,1 Open Road,SW2 1JG,51.462,-0.115,020 7946 0002,
"""
MOST, FEW = 400, 120


@pytest.fixture
def refuge(tmp_path: Path) -> Service:
    make.place_name("SE5 7QX", 51.47771, -0.08882)
    make.place_name("SW2 1JG", 51.462, -0.115)
    file = tmp_path / "havens.csv"
    file.write_text(LIST)
    take(detect(file), Named("havens", "Havens of the south"), path="havens.csv")
    refresh_all()
    return Service.objects.get(name="Harbour Refuge")


def told_by(response: HttpResponseBase) -> str:
    """All that an answer says, what is packed in it unpacked, and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    if body[:4] == b"%PDF":
        from pypdf import PdfReader

        body = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    return f"{response.headers} {body.decode('utf-8', 'replace')}".lower()


def starts(refuge: Service) -> Iterator[str]:
    """Each address there is, with this service, its organization or a plain word in the place of its parameters."""
    for pattern in addresses(get_resolver()):
        address = re.sub(r"[$^]|/\?|\\", "", pattern).replace(".*", "")
        if not address.startswith(("sign-out", "account/", "__")):
            for key in (refuge.pk, refuge.organization_id):
                yield "/" + re.sub(r"<[^>]*>|\(\?P<[^)]*\)", str(key), address)
    for query in ("harbour", "quillfeather", "SE5 7QX", "refuge"):
        yield f"/directory/?q={query}"
        yield f"/directory/?q=refuge&near={query}&within=1"
        yield f"/open/hsds/services?search={query}&full=true"
        yield f"/open/hsds/services?format=ndjson&search={query}"


def walk(client: Client, refuge: Service, begin: Iterable[str] = ()) -> list[str]:
    """Follow every link from every address, or from some; the addresses whose answer tells."""
    todo = list(dict.fromkeys(begin or starts(refuge)))
    seen, telling = set(todo), []
    most = FEW if begin else MOST
    while todo and len(seen) < most + len(todo):
        address = todo.pop(0)
        response = client.get(address)
        asked_for = re.sub(r"^\S*\?", "", address).lower()
        words = told_by(response).replace(asked_for, "")
        typed = [sign for sign in SIGNS if sign in asked_for.replace("+", " ")]
        if any(sign in words for sign in SIGNS if sign not in typed):
            telling.append(address)
        for link in re.findall(r'(?:href|src|action)="([^"#]+)"', words):
            found = urlsplit(urljoin(address, link.replace("&amp;", "&")))
            if found.netloc in ("", "testserver") and not found.path.startswith(("/static/", "/sign-out")):
                path = found.path + (f"?{found.query}" if found.query else "")
                if path not in seen and len(seen) < most:
                    seen.add(path)
                    todo.append(path)
    assert len(seen) > 60 or begin
    return telling


@pytest.mark.parametrize("who", ["a stranger", "an editor"])
def test_nobody_is_told_where_it_is(
    client: Client, refuge: Service, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asker = signed_in(editor()) if who == "an editor" else client

    assert walk(asker, refuge) == []
    assert not [sign for sign in SIGNS if sign in caplog.text.lower().replace("near=se5", "")]


def test_standing_at_its_door_one_does_not_find_it_near(client: Client, refuge: Service) -> None:
    page = client.get("/directory/?q=refuge&near=SE5+7QX&within=1").content.decode()

    assert "very near" not in page


def test_a_story_told_at_its_door_does_not_find_it_near(client: Client, refuge: Service) -> None:
    page = client.post(
        "/suggestions/", {"story": "My husband hits me. I need a refuge.", "near": "SE5 7QX"}
    ).content.decode()

    assert "very near" not in page
    assert "quillfeather" not in page.lower()


def test_the_index_beside_the_database_does_not_hold_it(
    refuge: Service, tmp_path: Path, settings: Settings
) -> None:
    settings.SEARCH_FOLDER = tmp_path / "index"
    assert step.bring_in_step()
    assert search(Wanted(words="harbour")).total == 2
    files = [file for file in settings.SEARCH_FOLDER.rglob("*") if file.is_file()]

    assert files
    for file in files:
        assert not [sign for sign in SIGNS if sign.encode() in file.read_bytes().lower()], file


def test_a_list_that_holds_it_tells_no_more(client: Client, refuge: Service) -> None:
    client.cookies[chosen.COOKIE] = chosen.written((refuge.pk,))
    for page in ("", "text/", "email/", "list.pdf"):
        words = told_by(client.get(f"/my-list/{page}"))
        assert "harbour refuge" in words or page == "email/"
        assert not [sign for sign in SIGNS if sign in words], page
