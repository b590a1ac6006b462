"""Whom to ask: contacts, phone numbers, and the languages spoken."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q


def _owners(*names: str) -> Q:
    known = Q()
    for name in names:
        known |= Q(**{f"{name}__isnull": False})
    return known


class Contact(models.Model):
    """A named person or desk to turn to (HSDS contact)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="contacts"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="contacts"
    )
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", null=True, on_delete=models.PROTECT, related_name="contacts"
    )
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.TextField(blank=True)
    title = models.TextField(blank=True)
    department = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_owners("organization", "service", "service_at_location", "location"),
                name="directory_contact_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.title or self.email


class Phone(models.Model):
    """A number to ring (HSDS phone), as it is written for people."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="phones"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="phones"
    )
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", null=True, on_delete=models.PROTECT, related_name="phones"
    )
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.PROTECT, related_name="phones"
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="phones")
    number = models.TextField()
    extension = models.TextField(blank=True)
    type = models.TextField(blank=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(number=""), name="directory_phone_number_given"),
            models.CheckConstraint(
                condition=_owners("organization", "service", "service_at_location", "location", "contact"),
                name="directory_phone_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Language(models.Model):
    """A language spoken at a service, a location or a phone (HSDS language). Code: ISO 639."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.PROTECT, related_name="languages"
    )
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.PROTECT, related_name="languages"
    )
    phone = models.ForeignKey(Phone, null=True, on_delete=models.PROTECT, related_name="languages")
    name = models.TextField(blank=True)
    code = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_owners("service", "location", "phone"), name="directory_language_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code
