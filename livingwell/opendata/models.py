"""What changed in what we publish, and in which order: the memory behind every feed of changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from livingwell.core.constraints import one_of


class Subject(models.TextChoices):
    """What a change is of."""

    SERVICE = "service", "Service"
    ORGANIZATION = "organization", "Organization"
    TERMS = "terms", "The vocabularies of others"


class Touch(models.Model):
    """That a transaction wrote something that belongs to a service or an organization; not in order yet.

    Triggers in the database write these rows beside each write to the directory, whoever makes it, once a transaction
    and subject: `transaction` is PostgreSQL's number of it. `actions.settle` takes them and puts them in order.
    """

    transaction = models.BigIntegerField()
    subject = models.CharField(max_length=12, choices=Subject)
    subject_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            one_of("subject", Subject.values),
            models.UniqueConstraint(
                fields=["transaction", "subject", "subject_id"], name="opendata_touch_once_a_transaction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"


class Change(models.Model):
    """When what we publish of a service or an organization last changed. The row outlives what it is about.

    `modified`: the moment at which the change could be seen by everyone, never the same for two rows, never earlier
    than one that was given before. `gone`: it is no longer in the directory. `closed`: since when it is closed for
    good. `was_session`, `is_session`: whether it ever was, and is, a session in the OpenActive feed.
    """

    subject = models.CharField(max_length=12, choices=Subject)
    subject_id = models.UUIDField()
    modified = models.DateTimeField()
    gone = models.BooleanField(default=False)
    closed = models.DateTimeField(null=True)
    was_session = models.BooleanField(default=False)
    is_session = models.BooleanField(default=False)
    name = models.TextField(blank=True)
    organization_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("subject", Subject.values),
            models.UniqueConstraint(fields=["subject", "subject_id"], name="opendata_change_one_each"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject", "modified"], name="opendata_change_in_order"),
            models.Index(
                fields=["modified", "subject_id"],
                condition=models.Q(was_session=True),
                name="opendata_change_sessions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.modified:%Y-%m-%d %H:%M}"
