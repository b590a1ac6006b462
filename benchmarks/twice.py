"""How long it takes to look for what is here twice in a directory of any size.

`./lw bench twice [--services 10000]`. Of the services one in twenty is in a hall of many, and one in fifty has the
phone of a switchboard; half of the organizations have a charity number. Seconds by the clock and of this process alone,
and its largest memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time

from benchmarks import scratch

HALLS = 20
HALL, SWITCHBOARD = 0.05, 0.02
PER_POSTCODE = 6


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--services", type=int, default=10_000)
    services = options.parse_args().services
    scratch.use("twice")
    from livingwell.directory.actions.doubling import find_all, find_of
    from livingwell.directory.models import Alike, Double, Phone, Service

    if Phone.objects.count() != services or Service.objects.count() != services:
        fill(services)
    Alike.objects.all().delete()
    Double.objects.all().delete()
    began, worked = time.perf_counter(), time.process_time()
    found = find_all()
    _tell(f"all of {services:,} services and their organizations ({found:,} pairs)", began, worked)
    began, worked = time.perf_counter(), time.process_time()
    some = Service.objects.order_by("pk").values_list("pk", flat=True)[:5_000]
    find_of(list(some))
    _tell(f"{min(services, 5_000):,} of them again, as after an import", began, worked)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB at most")
    return 0


def _tell(what: str, began: float, worked: float) -> None:
    print(
        f"{what}: {time.perf_counter() - began:.1f} seconds, {time.process_time() - worked:.1f} of them ours"
    )


def fill(services: int) -> None:
    """Make the scratch database hold this many services, with phones, addresses and charity numbers."""
    from django.db import connection

    from benchmarks import synthetic
    from livingwell.directory.models import (
        Address,
        OrganizationIdentifier,
        Phone,
        Service,
        ServiceAtLocation,
    )

    synthetic.fill(services)
    dice = random.Random(2026)
    codes = [
        f"{dice.choice('ENSW')}{dice.choice('EW')}{dice.randint(1, 28)} {dice.randint(1, 9)}{dice.choice('ABDEFGHJ')}"
        f"{dice.choice('ABDEFGHJLN')}"
        for _ in range(max(HALLS, services // PER_POSTCODE))
    ]
    for model in (Address, Phone, OrganizationIdentifier):
        model._default_manager.all().delete()
    places = ServiceAtLocation.objects.order_by("pk").values_list("location_id", flat=True)
    Address.objects.bulk_create(
        [
            Address(
                location_id=place, address_1=f"{dice.randint(1, 200)} High Street",
                postal_code=dice.choice(codes[:HALLS] if dice.random() < HALL else codes),
            )
            for place in places
        ]
    )  # fmt: skip
    owners = dict(Service.objects.order_by("pk").values_list("pk", "organization_id"))
    numbers = {
        owner: f"020 {dice.randint(3_000, 8_999)} {dice.randint(0, 9_999):04}" for owner in owners.values()
    }
    Phone.objects.bulk_create(
        [
            Phone(service_id=pk, number="020 7946 0000" if dice.random() < SWITCHBOARD else numbers[owner])
            for pk, owner in owners.items()
        ]
    )  # fmt: skip
    OrganizationIdentifier.objects.bulk_create(
        [
            OrganizationIdentifier(
                organization_id=owner, identifier_scheme="GB-CHC", identifier_type="Charity number",
                identifier=str(1_000_000 + number),
            )
            for number, owner in enumerate(numbers) if number % 2
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
