"""Where postcodes are, and what becomes of places that only had an area."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from livingwell.directory.actions import importing
from livingwell.directory.actions.importing import Named
from livingwell.directory.actions.places import load, locate
from livingwell.directory.feeds.detect import detect
from livingwell.directory.feeds.model import NotAFeed
from livingwell.directory.feeds.national_grid import to_degrees
from livingwell.directory.models import Address, Location, PlaceName
from livingwell.directory.tests import make

ONS = (
    "pcd,pcds,dointr,doterm,lat,long\n"
    "SW2 1BZ,SW2 1BZ,198001,,51.4600,-0.1160\n"
    "SW2 1AA,SW2 1AA,198001,,51.4620,-0.1180\n"
    "SW2 9ZZ,SW2 9ZZ,198001,201001,51.0,-0.1\n"
    "SW2 9ZY,SW2 9ZY,198001,,99.999999,0\n"
    "what,what,198001,,51,0\n"
)


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [(651_409.903, 313_177.270, 52.657977, 1.716038), (530_000, 180_000, 51.503991, -0.128354)],
    ids=["the example of the Ordnance Survey", "Whitehall"],
)
def test_the_national_grid_becomes_degrees_to_within_five_metres(
    easting: float, northing: float, latitude: float, longitude: float
) -> None:
    north, east = to_degrees(easting, northing)
    assert north == pytest.approx(latitude, abs=0.00005)
    assert east == pytest.approx(longitude, abs=0.00008)


@pytest.mark.django_db
def test_the_ons_postcode_directory_gives_postcodes_and_the_middle_of_their_first_halves(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ONSPD.csv"
    path.write_text(ONS)

    done = load(path)

    assert (done.rows, done.names, done.added, done.ended, done.refused) == (5, 2, 2, 1, 2)
    assert {one.label: (one.latitude, one.approximate) for one in PlaceName.objects.all()} == {
        "SW2 1BZ": (51.46, False),
        "SW2 1AA": (51.462, False),
        "SW2": (51.461, True),
    }
    again = load(path)
    assert (again.added, again.changed, again.areas_changed) == (0, 0, False)


@pytest.mark.django_db
def test_code_point_open_has_metres_and_no_header(tmp_path: Path) -> None:
    folder = tmp_path / "Data" / "CSV"
    folder.mkdir(parents=True)
    (folder / "sw.csv").write_text('"SW1A 2AA",10,530000,180000,"E92000001"\n"SW1A 9ZZ",90,0,0,"E92000001"\n')
    done = load(tmp_path)
    assert (done.names, done.refused) == (1, 1)
    assert PlaceName.objects.get(name="sw1a2aa").latitude == pytest.approx(51.504, abs=0.001)


@pytest.mark.django_db
def test_our_own_list_names_first_halves_and_places(tmp_path: Path) -> None:
    path = tmp_path / "lambeth.csv"
    path.write_text(
        "outward,name,latitude,longitude\nSW2,,51.449,-0.121\n,Tulse Hill,51.44,-0.11\nSW99999,,51,0\n"
    )
    done = load(path)
    assert dict(PlaceName.objects.values_list("name", "label")) == {"sw2": "SW2", "tulse hill": "Tulse Hill"}
    assert (done.rows, done.names, done.refused) == (3, 2, 1)


@pytest.mark.django_db
def test_what_is_no_list_of_places_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(NotAFeed, match="not a list of places"):
        load(path)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_places", tmp_path / "nowhere.csv")


@pytest.mark.django_db
def test_a_rough_point_gives_way_to_that_of_the_postcode_and_an_exact_one_does_not() -> None:
    make.place_name("SW2 1BZ", 51.5, -0.2, approximate=False)
    rough = make.location(approximate=True)
    exact = make.location(51.1, -0.1)
    nowhere = make.location(None, None)
    online = make.location(None, None, location_type="virtual")
    for place in (rough, exact, nowhere, online):
        Address.objects.create(location=place, postal_code="sw2 1bz")

    assert locate() == {rough.pk, nowhere.pk}
    assert locate() == set()
    points = {one.pk: (one.latitude, one.approximate, one.from_postcode) for one in Location.objects.all()}
    assert points[rough.pk] == points[nowhere.pk] == (51.5, False, True)
    assert points[exact.pk] == (51.1, False, False)
    assert points[online.pk] == (None, False, False)


@pytest.mark.django_db
def test_an_import_does_not_undo_a_point_that_was_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "id,name,description,postcode,latitude,longitude,approximate\na,Choir,We sing,SW2 1BZ,51.4,-0.1,yes\n"
    )
    make.place_name("SW2 1BZ", 51.46, -0.116, approximate=False)

    first = importing.take(detect(path), Named("test"), path="")
    second = importing.take(detect(path), Named("test"), path="")

    assert (first.located, second.located, second.changes) == (1, 0, 0)
    assert Location.objects.values_list("latitude", "approximate").get() == (51.46, False)


@pytest.mark.django_db
def test_the_command_says_what_it_learnt(tmp_path: Path) -> None:
    path = tmp_path / "ONSPD.csv"
    path.write_text(ONS)
    out = StringIO()
    call_command("load_places", path, stdout=out)
    assert "5 rows read, 1 no longer used, 2 refused" in out.getvalue()
