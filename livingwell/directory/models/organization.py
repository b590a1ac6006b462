"""Who offers things: organizations, how they are known elsewhere, their programs and what pays for them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from livingwell.core.constraints import between, one_of
from livingwell.directory.models.pull import Way


class Source(models.Model):
    """One feed or file that entries come from. Entries are known by their source and their id in it.

    `way`: how it is read from its `url`, every so many hours; `cursor`: where reading goes on, see
    `actions.pulling`; `whole_on`: the day on which a reading of all of it last began that came to its end.
    """

    slug = models.SlugField(primary_key=True, max_length=80)
    name = models.TextField()
    url = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    way = models.CharField(max_length=4, choices=Way, default=Way.HAND)
    every_hours = models.PositiveSmallIntegerField(default=24)
    cursor = models.JSONField(default=dict, blank=True)
    whole_on = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("way", Way.values),
            between("every_hours", 1, 24 * 31),
            models.CheckConstraint(
                condition=Q(way="hand") | ~Q(url=""), name="directory_source_read_from_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_by="") | (Q(paused_at__isnull=False) & ~Q(paused_by="")),
                name="directory_source_paused_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """A body that offers services: a charity, a council, a club, three neighbours (HSDS organization).

    `stand_in`: its feed named no organization for a service; this one bears the service's name in its stead.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="organizations")
    original_id = models.TextField()
    name = models.TextField()
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    email = models.TextField(blank=True)
    website = models.TextField(blank=True)
    tax_status = models.TextField(blank=True)
    tax_id = models.TextField(blank=True)
    year_incorporated = models.PositiveSmallIntegerField(null=True, blank=True)
    legal_status = models.TextField(blank=True)
    logo = models.TextField(blank=True)
    uri = models.TextField(blank=True)
    parent_organization = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="branches"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    invented = models.BooleanField(default=False)
    stand_in = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "original_id"], name="directory_organization_once_per_source"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="directory_organization_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organization", kwargs={"pk": self.pk})


class OrganizationIdentifier(models.Model):
    """A number by which others know the organization: charity, company (HSDS organization_identifier)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="identifiers")
    identifier_scheme = models.TextField(blank=True)
    identifier_type = models.TextField()
    identifier = models.TextField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(identifier=""), name="directory_organizationidentifier_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier_type} {self.identifier}"


class Program(models.Model):
    """A named programme that groups several services of one organization (HSDS program)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programs")
    name = models.TextField()
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Funding(models.Model):
    """Where the money for an organization or a service comes from (HSDS funding)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    feed = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="funding"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="funding"
    )
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(service__isnull=False),
                name="directory_funding_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.source
