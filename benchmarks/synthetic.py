"""A made-up directory of any size, as wide as London, in which every theme is served and nothing is real."""

import random
import sys
import uuid
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.db import connection
from tqdm import tqdm

SOURCE = "synthetic"
BATCH = 5_000
PER_ORGANIZATION = 4
SOUTH, NORTH, WEST, EAST = 51.30, 51.68, -0.48, 0.28
NOWHERE = 0.08
"""The share of services without a place: lines and online things for anyone."""
SHAPES = (
    "{} group",
    "{} club",
    "{} for beginners",
    "{} drop-in",
    "{} helpline",
    "{} advice",
    "Help with {}",
    "{} café",
)
NEVER_CONFIRMED = 0.3
NO_TIMES = 0.3
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_DAY = date(2026, 1, 1)


def fill(services: int) -> None:
    """Make the scratch database hold this many services with their listings; nothing is done where it does already.

    Names and descriptions are put together from the vocabulary's own words for services, so that the tags are made by
    the same rules as in life.
    """
    from livingwell.directory.actions.listing import refresh_all
    from livingwell.directory.models import Listing, Schedule, Service, Source

    if Service.objects.count() == services and Schedule.objects.exists() and Listing.objects.exists():
        return
    assert connection.settings_dict["NAME"].startswith("livingwell_bench_"), "only ever in a scratch database"
    Source.objects.get_or_create(slug=SOURCE, name="Synthetic")
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE directory_listingtheme, directory_listing, directory_servicetheme, directory_schedule, "
            "directory_serviceatlocation, directory_location, directory_service, directory_organization CASCADE"
        )
    dice = random.Random(2013)
    made = _services(services, dice)
    with tqdm(
        total=services, desc="making services", file=sys.stderr, disable=not sys.stderr.isatty()
    ) as bar:
        while batch := [row for _, row in zip(range(BATCH), made, strict=False)]:
            _write(batch)
            bar.update(len(batch))
    with tqdm(
        total=services, desc="deriving listings", file=sys.stderr, disable=not sys.stderr.isatty()
    ) as bar:
        refresh_all(progress=bar.update)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


Row = dict[str, Any]


def _services(count: int, dice: random.Random) -> Iterator[Row]:
    from livingwell.themes.vocabulary import vocabulary

    themes = [theme for theme in vocabulary().themes.values() if theme.services]
    organization = uuid.uuid4()
    for number in range(count):
        if number % PER_ORGANIZATION == 0:
            organization = uuid.UUID(int=dice.getrandbits(128), version=4)
        about = dice.sample(themes, dice.randint(1, 3))
        words = [dice.choice(theme.services) for theme in about]
        placed = dice.random() > NOWHERE
        confirmed = None
        if dice.random() > NEVER_CONFIRMED:
            confirmed = FIRST_DAY - timedelta(days=dice.randint(0, 700))
        times = None
        if dice.random() > NO_TIMES:
            opens = dice.randint(8, 19)
            times = (",".join(dice.sample(DAYS, dice.randint(1, 3))), opens, opens + dice.randint(1, 4))
        yield {
            "times": times,
            "id": uuid.UUID(int=dice.getrandbits(128), version=4),
            "organization": organization,
            "number": number,
            "name": dice.choice(SHAPES).format(words[0]).capitalize(),
            "description": f"We offer {', '.join(words)}. Everyone is welcome.",
            "assured": confirmed,
            "location": uuid.UUID(int=dice.getrandbits(128), version=4) if placed else None,
            "latitude": dice.uniform(SOUTH, NORTH),
            "longitude": dice.uniform(WEST, EAST),
        }


def _write(batch: list[Row]) -> None:
    from livingwell.directory.models import Location, Organization, Schedule, Service, ServiceAtLocation

    placed = [row for row in batch if row["location"]]
    Organization.objects.bulk_create(
        [
            Organization(id=key, source_id=SOURCE, original_id=str(key), name=f"Organization {number}")
            for key, number in {row["organization"]: row["number"] for row in batch}.items()
        ],
        ignore_conflicts=True,
    )
    Service.objects.bulk_create(
        Service(
            id=row["id"],
            source_id=SOURCE,
            original_id=str(row["number"]),
            organization_id=row["organization"],
            name=row["name"],
            description=row["description"],
            assured_date=row["assured"],
        )
        for row in batch
    )
    Location.objects.bulk_create(
        Location(
            id=row["location"],
            source_id=SOURCE,
            original_id=str(row["number"]),
            latitude=row["latitude"],
            longitude=row["longitude"],
        )
        for row in placed
    )
    ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service_id=row["id"], location_id=row["location"]) for row in placed
    )
    Schedule.objects.bulk_create(
        Schedule(
            service_id=row["id"],
            freq="WEEKLY",
            byday=row["times"][0],
            opens_at=time(row["times"][1]),
            closes_at=time(row["times"][2]),
        )
        for row in batch
        if row["times"]
    )
