"""A confidential place: its site is nowhere but in its own table, whichever way it came."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from livingwell.core.errors import Refusal
from livingwell.directory.actions import editing, private
from livingwell.directory.actions.importing import Named, take
from livingwell.directory.actions.listing import refresh
from livingwell.directory.feeds.detect import detect
from livingwell.directory.hiding import Secret
from livingwell.directory.models import (
    Address,
    How,
    Listing,
    Location,
    PrivateSite,
    Schedule,
    Service,
    ServiceAtLocation,
    Version,
    Word,
)
from livingwell.directory.tests import make

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/London"))
STREET, POSTCODE = "7 Quillfeather Mews", "SE5 7QX"
SIGNS = ("quillfeather", "se5 7qx", "se57qx", "51.47771", "-0.08882")
REFUGE = f"Safe House,Havens,A refuge at {STREET.upper()} for women. Ring first.,{STREET},se5 7qx,51.47771,-0.08882"
LIST = f"""name,organization,description,address,postcode,latitude,longitude,phone,days_and_times,confidential
{REFUGE},020 7946 0001,Mon 9am-5pm,yes
Open House,Havens,Tea and talk.,1 Open Road,SW2 1JG,51.462,-0.115,020 7946 0002,Tue 9am-5pm,
"""


def imported(tmp_path: Path) -> Service:
    file = tmp_path / "havens.csv"
    file.write_text(LIST)
    report = take(detect(file), Named("havens"), path="havens.csv", refresh=refresh)
    assert not [sign for sign in SIGNS if sign in f"{report.as_text()} {report.as_json()}".lower()]
    assert "where they are was kept private" in report.as_text()
    return Service.objects.get(name="Safe House")


def tables_that_tell() -> set[str]:
    """Every table of the database in which a sign of the site stands, in whatever column."""
    told = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT string_agg(row::text, ' ') FROM \"{table}\" row")  # noqa: S608 - our own tables
            words = (cursor.fetchone()[0] or "").lower()
            if any(sign in words for sign in SIGNS):
                told.add(table)
    return told


def test_a_place_that_comes_as_confidential_is_kept_apart_from_the_first_moment(tmp_path: Path) -> None:
    service = imported(tmp_path)

    assert service.is_confidential
    assert tables_that_tell() == {"directory_privatesite"}
    assert "[kept private]" in service.description
    assert PrivateSite.objects.get(service=service).words.count(STREET) == 1
    assert Schedule.objects.get(service=service).byday == "MO"
    assert Listing.objects.get(service=service).location is None
    assert Service.objects.get(name="Open House").service_at_locations.count() == 1


def test_the_next_import_brings_nothing_back(tmp_path: Path) -> None:
    imported(tmp_path)
    imported(tmp_path)

    assert tables_that_tell() == {"directory_privatesite"}


def test_an_entry_that_becomes_confidential_later_forgets_its_place_everywhere() -> None:
    service = make.service("Safe House", description=f"Come to {STREET}, {POSTCODE}.")
    place = make.location(51.47771, -0.08882, name="Quillfeather House")
    Address.objects.create(location=place, address_1=STREET, postal_code=POSTCODE)
    make.at(service, place)
    refresh([service.pk])
    editing.change(service, {"alert": f"The bell at {STREET} is broken"}, by="Ann", how=How.SCREEN, at=NOW)
    editing.change(service, {"alert": "Ring the bell"}, by="Ann", how=How.SCREEN, at=NOW)
    assert {"directory_address", "directory_version", "directory_metadata"} <= tables_that_tell()

    private.make_confidential(service, by="Ann", at=NOW)

    assert tables_that_tell() == {"directory_privatesite"}
    assert Version.objects.filter(service=service).count() == 3


def test_its_words_go_from_the_words_of_the_directory_but_those_that_others_say() -> None:
    refuge = make.service("Safe House", description=f"Come to {STREET}.")
    choir = make.service("Choir", description="We sing in the mews.")
    refresh([refuge.pk, choir.pk])
    Word.objects.filter(word="quillfeather").update(services=3)  # counted again each time it came back

    private.make_confidential(refuge, by="Ann", at=NOW, site=STREET)

    assert not Word.objects.filter(word="quillfeather").exists()
    assert Word.objects.filter(word="mews").exists()


def test_a_place_that_others_use_stays_theirs() -> None:
    refuge, choir = make.service("Safe House"), make.service("Choir")
    hall = make.location(name="The hall")
    make.at(refuge, hall)
    make.at(choir, hall)

    private.make_confidential(refuge, by="Ann", at=NOW)

    assert list(ServiceAtLocation.objects.values_list("service__name", flat=True)) == ["Choir"]


def test_a_site_that_nobody_wrote_down_before_can_be_given() -> None:
    service = make.service("Safe House")

    private.make_confidential(service, by="Ann", at=NOW, site=f"{STREET}\n{POSTCODE}")
    editing.change(service, {"description": f"We are at {STREET.lower()}."}, by="Ann", how=How.SCREEN, at=NOW)
    private.withhold([service.pk], by="Ann", at=NOW)

    assert tables_that_tell() == {"directory_privatesite"}


def test_the_database_itself_refuses_a_place_for_what_is_confidential() -> None:
    service = make.service("Safe House", is_confidential=True)
    make.at(service, make.location())
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="place that can be found"),
        transaction.atomic(),
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    ServiceAtLocation.objects.all().delete()


def test_who_looks_at_a_site_says_why_and_is_remembered(tmp_path: Path) -> None:
    site = PrivateSite.objects.get(service=imported(tmp_path))

    with pytest.raises(Refusal, match="Write why"):
        private.look(site, by="Ann", at=NOW, why=" ")
    assert STREET in private.look(site, by="Ann", at=NOW, why="To visit")
    assert [(look.looked_by, look.why) for look in site.looks.all()] == [("Ann", "To visit")]


def test_a_place_made_public_again_is_not_brought_back(tmp_path: Path) -> None:
    service = imported(tmp_path)

    private.make_public(service, by="Ann", at=NOW)

    assert not service.is_confidential
    assert not Location.objects.filter(service_at_locations__service=service).exists()


@pytest.mark.parametrize(
    "text",
    [
        "at 7 quillfeather  mews!",
        "AT 7, QUILLFEATHER MEWS",
        "post to se57qx",
        "SE5  7QX",
        "(SE5 7QX)",
        "7 Quillfeather\nMews",
    ],
)
def test_words_are_hidden_however_they_are_written(text: str) -> None:
    hidden = Secret([STREET, POSTCODE]).hide(text)

    assert not any(sign in hidden.lower() for sign in SIGNS)
    assert Secret([STREET, POSTCODE]).named_in(text)


def test_a_town_alone_is_not_hidden() -> None:
    assert Secret(["Hull"]).hide("Women in Hull") == "Women in Hull"
