"""Other people's vocabularies, as they came with a feed, and who changed what in it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from livingwell.core.constraints import one_of

ENTITIES = [
    "accessibility",
    "address",
    "attribute",
    "contact",
    "cost_option",
    "funding",
    "language",
    "location",
    "organization",
    "organization_identifier",
    "phone",
    "program",
    "required_document",
    "schedule",
    "service",
    "service_area",
    "service_at_location",
    "service_capacity",
    "taxonomy",
    "taxonomy_term",
]
"""The things of HSDS that an attribute or a metadata row may be about."""


class Taxonomy(models.Model):
    """One vocabulary of an outside body (HSDS taxonomy)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="taxonomies")
    original_id = models.TextField()
    name = models.TextField()
    description = models.TextField(blank=True)
    uri = models.TextField(blank=True)
    version = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "taxonomies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "original_id"], name="directory_taxonomy_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(models.Model):
    """One term of an outside vocabulary (HSDS taxonomy_term)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="taxonomy_terms")
    original_id = models.TextField()
    taxonomy = models.ForeignKey(Taxonomy, null=True, on_delete=models.PROTECT, related_name="terms")
    code = models.TextField(blank=True)
    name = models.TextField()
    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="narrower")
    language = models.TextField(blank=True)
    term_uri = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "original_id"], name="directory_taxonomyterm_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attribute(models.Model):
    """That a term, or a plain value, is said of one thing in the directory (HSDS attribute).

    `link_id` is the UUID of that thing and `link_entity` its table: the standard's way to point at any
    table.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    link_id = models.UUIDField()
    link_entity = models.CharField(max_length=30)
    link_type = models.TextField(blank=True)
    value = models.TextField(blank=True)
    label = models.TextField(blank=True)
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm, null=True, on_delete=models.PROTECT, related_name="attributes"
    )

    class Meta:
        constraints: ClassVar = [one_of("link_entity", ENTITIES)]
        indexes: ClassVar = [models.Index(fields=["link_id"])]

    def __str__(self) -> str:
        return f"{self.link_entity} {self.link_id}"


class Metadata(models.Model):
    """One change of one field of one thing, as its source recorded it (HSDS metadata)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.ForeignKey(
        "directory.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_id = models.TextField(blank=True)
    resource_id = models.UUIDField()
    resource_type = models.CharField(max_length=30)
    last_action_date = models.DateField()
    last_action_type = models.TextField()
    field_name = models.TextField(blank=True)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "metadata"
        constraints: ClassVar = [one_of("resource_type", ENTITIES)]
        indexes: ClassVar = [models.Index(fields=["resource_id"])]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.resource_id} {self.last_action_type}"
