"""The themes of the shared vocabulary as rows that everything in the network can point at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from livingwell.core.constraints import between, one_of


class ThemeKind(models.TextChoices):
    NEED = "need", _("Something hard")
    INTEREST = "interest", _("Something loved")
    OFFER = "offer", _("Something to give")
    EXPERIENCE = "experience", _("Something lived through")
    PRACTICAL = "practical", _("Something practical")


class Theme(models.Model):
    """One concept of the vocabulary, copied from its data files by `actions.publish`. The files are the truth.

    `level` is the basic-needs level after Maslow, 1 (body) to 5 (becoming oneself). A theme that leaves the files is
    retired, never deleted: what was tagged with it still says what it meant.
    """

    slug = models.SlugField(primary_key=True, max_length=60)
    label = models.TextField()
    kind = models.CharField(max_length=10, choices=ThemeKind)
    level = models.PositiveSmallIntegerField()
    group = models.TextField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["group", "label"]
        constraints: ClassVar = [one_of("kind", ThemeKind.values), between("level", 1, 5)]

    def __str__(self) -> str:
        return self.label
