"""A made-up directory as a feed file of HSDS 3.0: whole services, one JSON object on each line."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING, Any

import orjson
from tqdm import tqdm

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = ("{} group", "{} for adults", "Monday {}", "{} drop-in", "Friends of {}", "The {} project")
WORDS = (
    "singing",
    "walking",
    "knitting",
    "gardening",
    "cooking",
    "painting",
    "swimming",
    "chess",
    "debt advice",
)
STREETS = ("High Street", "Station Road", "Church Lane", "Mill Road", "Park Avenue", "Victoria Road")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA")
PER_ORGANIZATION = 4


def write(path: Path, services: int) -> None:
    """`services` services, each with its organization, place, address, phone, schedule, cost, area and language."""
    dice = random.Random(2013)
    with path.open("wb") as out:
        for number in tqdm(range(services), desc="writing the feed", disable=None):
            out.write(orjson.dumps(service(number, dice)) + b"\n")


def service(number: int, dice: random.Random) -> dict[str, Any]:
    key = _key("service", number)
    word = dice.choice(WORDS)
    owner = number // PER_ORGANIZATION
    opens = dice.randint(8, 19)
    return {
        "id": key,
        "name": dice.choice(SHAPES).format(word).capitalize(),
        "description": f"We meet for {word} and {dice.choice(WORDS)}. Everyone is welcome, whatever they can do. "
        f"Come along on the day or ring us first.\nTea and biscuits afterwards. Number {number}.",
        "url": f"https://example.org/{number}",
        "email": f"hello{number}@example.org",
        "status": "active",
        "assured_date": f"2026-0{dice.randint(1, 9)}-{dice.randint(10, 28)}",
        "minimum_age": 18,
        "last_modified": "2026-03-01T10:00:00Z",
        "organization": {
            "id": _key("organization", owner),
            "name": f"Neighbours {owner}",
            "description": "A charity run by its members.",
            "website": f"https://example.org/o/{owner}",
        },
        "phones": [{"id": _key("phone", number), "number": f"020 7946 0{number % 1000:03}", "type": "voice"}],
        "cost_options": [
            {
                "id": _key("cost", number),
                "option": "each time",
                "amount": dice.randint(0, 9),
                "currency": "GBP",
            }
        ],
        "service_at_locations": [
            {
                "id": _key("at", number),
                "location": {
                    "id": _key("location", number),
                    "location_type": "physical",
                    "name": f"Hall {number}",
                    "latitude": round(51.3 + dice.random() * 0.4, 6),
                    "longitude": round(-0.5 + dice.random() * 0.7, 6),
                    "addresses": [
                        {
                            "id": _key("address", number),
                            "address_1": f"{number % 200 + 1} {dice.choice(STREETS)}",
                            "city": "London",
                            "state_province": "Greater London",
                            "postal_code": f"SW{number % 20} {number % 9}AA",
                            "country": "GB",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
        "schedules": [
            {
                "id": _key("schedule", number),
                "freq": "WEEKLY",
                "byday": dice.choice(DAYS),
                "opens_at": f"{opens:02}:00",
                "closes_at": f"{opens + 2:02}:30",
            }
        ],
    }


def _key(kind: str, number: int) -> str:
    return str(uuid.UUID(int=random.Random(f"{kind}{number}").getrandbits(128), version=4))
