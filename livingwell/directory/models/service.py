"""What is offered: a choir, a drop-in, a helpline and a debt adviser are all services."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import between, not_after, one_of
from livingwell.directory.freshness import Standing

if TYPE_CHECKING:
    from uuid import UUID


class Status(models.TextChoices):
    """HSDS service.status."""

    ACTIVE = "active", _("Running")
    INACTIVE = "inactive", _("Not running")
    DEFUNCT = "defunct", _("Closed for good")
    TEMPORARILY_CLOSED = "temporarily closed", _("Closed for now")


NEXT: dict[Status, frozenset[Status]] = {
    status: frozenset(Status) - {status} for status in Status
}  # A feed may say anything next; even a closed choir comes back.


class Kind(models.TextChoices):
    """What sort of connection it is, in a person's eyes."""

    PLACE = "place", _("A place")
    GROUP = "group", _("A group")
    PERSON = "person", _("A person")
    HOURS = "hours", _("Swapping hours")
    SERVICE = "service", _("A service")
    LINE = "line", _("A line to ring")
    READING = "reading", _("Something to read")


class Assured(models.TextChoices):
    """How its people told us that an entry is right."""

    LINK = "link", _("by the link we sent them")
    PHONE = "phone", _("when we rang them")
    SCREEN = "screen", _("by somebody who keeps this directory")


class ServiceQuerySet(models.QuerySet["Service"]):
    def public(self) -> ServiceQuerySet:
        """Those that have a page: all but what has closed for good or is part of another entry by now."""
        return self.exclude(status=Status.DEFUNCT).filter(merged_into=None)

    def with_room(self) -> ServiceQuerySet:
        """Those whose people said that more may come: places are left, or an unknown number (`room`) is."""
        said = ServiceCapacity.objects.filter(
            Q(available__gt=0) | Q(available=None, original_id="room"), service=OuterRef("pk"), unit="places"
        )
        return self.filter(Exists(said))

    def for_page(self, pk: UUID) -> ServiceQuerySet:
        """One service with all that its page shows, in a fixed number of queries."""
        return (
            self.filter(pk=pk)
            .select_related("organization__merged_into", "source", "program", "merged_into")
            .prefetch_related(
                "phones",
                "contacts__phones",
                "languages",
                "cost_options",
                "required_documents",
                "service_areas",
                "schedules",
                "funding",
                "capacities",
                "service_at_locations__location__addresses",
                "service_at_locations__location__accessibility",
                "service_at_locations__location__phones",
                "service_at_locations__schedules",
                "service_at_locations__phones",
                "themes",
            )
        )


class Service(models.Model):
    """Something an organization offers to people (HSDS service, with our `kind` and `invented` beside it).

    `kind_by_hand`: a person said the kind, so no rule may change it. `assured_how`: how we heard on `assured_date`
    that it is right; empty where its source says so. `standing`: what silence has done, a value of
    `freshness.Standing`.
    `last_seen`: when its source last named
    it; `not_seen_since`: it was missing when all of its source was read, and this is the day it was last there;
    `closed_by_source`: its source took it away, so it closed; should it come back, it is open again.
    `is_confidential`: where it is must not be
    known, as of a refuge; then it has no location with an address or a point at all, see `PrivateSite`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="services")
    original_id = models.TextField()
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.PROTECT, related_name="services"
    )
    program = models.ForeignKey(
        "directory.Program", null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    name = models.TextField()
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    url = models.TextField(blank=True)
    email = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    interpretation_services = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    fees_description = models.TextField(blank=True)
    wait_time = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.TextField(blank=True)
    licenses = models.TextField(blank=True)
    alert = models.TextField(blank=True)
    last_modified = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SERVICE)
    kind_by_hand = models.BooleanField(default=False)
    what_to_expect = models.TextField(blank=True)
    text_number = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    invented = models.BooleanField(default=False)
    assured_how = models.CharField(max_length=6, choices=Assured, blank=True, db_default="")
    standing = models.PositiveSmallIntegerField(db_default=0)
    last_seen = models.DateTimeField(null=True, blank=True)
    not_seen_since = models.DateField(null=True, blank=True)
    closed_by_source = models.BooleanField(default=False, db_default=False)
    is_confidential = models.BooleanField(default=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            one_of("status", Status.values),
            one_of("kind", Kind.values),
            one_of("assured_how", Assured.values, blank=True),
            between("standing", Standing.FRESH, Standing.HIDDEN),
            not_after("minimum_age", "maximum_age"),
            models.UniqueConstraint(
                fields=["source", "original_id"], name="directory_service_once_per_source"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="directory_service_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "name"]),
            models.Index(
                fields=["is_confidential"],
                condition=Q(is_confidential=True),
                name="directory_service_confidential",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:service", kwargs={"pk": self.pk})


class TaggedBy(models.TextChoices):
    RULE = "rule", _("Read from its words")
    HAND = "hand", _("Chosen by hand")


class ServiceTheme(models.Model):
    """A theme of the shared vocabulary that a service has to do with.

    A tag chosen by hand is never overwritten by a rule; `applies` false by hand says: not this, whatever
    the words say.
    `source`: the list that named it, where a list did; a list takes back only what it gave.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey("themes.Theme", on_delete=models.PROTECT, related_name="+")
    tagged_by = models.CharField(max_length=4, choices=TaggedBy)
    applies = models.BooleanField(default=True)
    because = models.TextField(blank=True)
    source = models.ForeignKey("directory.Source", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("tagged_by", TaggedBy.values),
            models.UniqueConstraint(fields=["service", "theme"], name="directory_servicetheme_once"),
            models.CheckConstraint(
                condition=Q(applies=True) | Q(tagged_by="hand"),
                name="directory_servicetheme_only_a_hand_says_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.theme_id}"


class CostOption(models.Model):
    """What it costs, for whom or for what (HSDS cost_option). Amount in pounds, or the currency named."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cost_options")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = models.TextField(blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            not_after("valid_from", "valid_to"),
            between("amount", 0, 99_999_999),
        ]

    def __str__(self) -> str:
        return self.amount_description or self.option or str(self.amount)


class RequiredDocument(models.Model):
    """A paper that a person is asked to bring (HSDS required_document)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="required_documents")
    document = models.TextField()
    uri = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.document


class ServiceArea(models.Model):
    """An area whose people a service is for (HSDS service_area)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="service_areas")
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    extent_type = models.TextField(blank=True)
    uri = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(models.Model):
    """How much room there is, as its people said it, and when they said it (HSDS 3.1 service_capacity)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="capacities")
    unit = models.TextField()
    available = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    description = models.TextField(blank=True)
    updated = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "service capacities"
        constraints: ClassVar = [not_after("available", "maximum")]

    def __str__(self) -> str:
        return self.description or f"{self.available} {self.unit}"
