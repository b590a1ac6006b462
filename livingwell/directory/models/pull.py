"""Reading a source on a timetable: which way, and what came of each time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import one_of


class Way(models.TextChoices):
    """How a source is read."""

    HAND = "hand", _("By hand only: somebody imports a file")
    API = "api", _("From its API (HSDS or Open Referral UK 3.0: pages of /services)")
    ORUK = "oruk", _("From its API (Open Referral UK 1.0: pages of /services)")
    RPDE = "rpde", _("From an OpenActive feed (RPDE: each page names the next)")
    FILE = "file", _("From a file at a web address (JSON, CSV, spreadsheet or zip)")


class Outcome(models.TextChoices):
    RUNNING = "running", _("Being read now")
    PART = "part", _("Read in part: it goes on shortly")
    DONE = "done", _("Read")
    TROUBLE = "trouble", _("Something went wrong")
    STOPPED = "stopped", _("Cut short from our side")


NEXT: dict[Outcome, frozenset[Outcome]] = {
    Outcome.RUNNING: frozenset({Outcome.PART, Outcome.DONE, Outcome.TROUBLE, Outcome.STOPPED}),
    Outcome.PART: frozenset(),
    Outcome.DONE: frozenset(),
    Outcome.TROUBLE: frozenset(),
    Outcome.STOPPED: frozenset(),
}  # What was cut short goes on as another row, from where its source's cursor stands.


class Pull(models.Model):
    """One time that a source was read, or a stretch of it: what came, what became of it, what went wrong.

    Counts are of services, but for `mended` and `refused`, which are of rows of any kind. `report`: the first
    of what was refused and mended, for staff to read. `wait`: seconds that the source asked us to stay away.
    """

    source = models.ForeignKey("directory.Source", on_delete=models.PROTECT, related_name="pulls")
    started_at = models.DateTimeField()
    started_by = models.TextField()
    whole = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    steps = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    not_seen = models.PositiveIntegerField(default=0)
    mended = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    trouble_kind = models.TextField(blank=True)
    trouble = models.TextField(blank=True)
    wait = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            one_of("outcome", Outcome.values),
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(outcome="running"), name="directory_pull_one_at_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "-started_at"], name="directory_pull_latest")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M} {self.outcome}"
