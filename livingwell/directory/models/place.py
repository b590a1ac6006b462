"""Where things happen: locations, their addresses, how easy they are to get into, what is offered there."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import between, one_of, together
from livingwell.directory.access import Term


class LocationType(models.TextChoices):
    """HSDS location_type and address_type."""

    PHYSICAL = "physical", _("A building or an open place")
    POSTAL = "postal", _("An address for letters")
    VIRTUAL = "virtual", _("Online or by phone")


class Location(models.Model):
    """A place where services happen (HSDS location). Degrees, WGS 84; `approximate`: of its area only.

    `from_postcode`: its feed gave no exact point, so it was looked up here from its postcode.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="locations")
    original_id = models.TextField()
    organization = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="locations"
    )
    location_type = models.CharField(max_length=10, choices=LocationType, default=LocationType.PHYSICAL)
    name = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    url = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    approximate = models.BooleanField(default=False)
    from_postcode = models.BooleanField(default=False)
    external_identifier = models.TextField(blank=True)
    external_identifier_type = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("location_type", LocationType.values),
            together("latitude", "longitude"),
            between("latitude", -90, 90),
            between("longitude", -180, 180),
            models.UniqueConstraint(
                fields=["source", "original_id"], name="directory_location_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """One address of a location, as it is written on an envelope (HSDS address)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="addresses")
    attention = models.TextField(blank=True)
    address_1 = models.TextField(blank=True)
    address_2 = models.TextField(blank=True)
    city = models.TextField(blank=True)
    region = models.TextField(blank=True)
    state_province = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    country = models.TextField(blank=True)
    address_type = models.CharField(max_length=10, choices=LocationType, default=LocationType.PHYSICAL)

    class Meta:
        verbose_name_plural = "addresses"
        constraints: ClassVar = [one_of("address_type", LocationType.values)]

    def __str__(self) -> str:
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        """The parts that are known, in the order of an envelope, without the country."""
        parts = [self.attention, self.address_1, self.address_2, self.city, self.postal_code]
        return [part for part in parts if part]


class Accessibility(models.Model):
    """One thing that makes a location easier or harder to use (HSDS accessibility).

    `term` and `available`: which of ours it is, and whether it is there; a description alone has neither.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="accessibility")
    description = models.TextField(blank=True)
    details = models.TextField(blank=True)
    url = models.TextField(blank=True)
    term = models.CharField(max_length=20, choices=Term, blank=True)
    available = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "accessibility"
        constraints: ClassVar = [
            one_of("term", Term.values, blank=True),
            models.CheckConstraint(
                condition=Q(term="", available__isnull=True) | (~Q(term="") & Q(available__isnull=False)),
                name="directory_accessibility_yes_or_no_of_a_term",
            ),
        ]

    def __str__(self) -> str:
        return self.description


class ServiceAtLocation(models.Model):
    """That a service happens at a location (HSDS service_at_location).

    `is_intake`: people come here first, to be taken in; it happens elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, related_name="service_at_locations"
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="service_at_locations")
    description = models.TextField(blank=True)
    is_intake = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "location"], name="directory_serviceatlocation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"
