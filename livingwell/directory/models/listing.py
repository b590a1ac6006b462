"""What is derived from the directory to make finding quick. Nobody enters it: `actions.listing` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from livingwell.core.constraints import between, one_of, together
from livingwell.directory.freshness import Standing
from livingwell.directory.models.service import Kind

if TYPE_CHECKING:
    from datetime import date

MAIN_THEMES: Final = 8


class ListingQuerySet(models.QuerySet["Listing"]):
    def offered(self, on: date) -> ListingQuerySet:
        """Those that can be gone to on a day or after it: running, and not over."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), is_live=True)


class Listing(models.Model):
    """One service at one of its places (or at none), flattened for search and suggestions.

    What is closed for good or not running has no listing; what is closed for now has one that is not live.
    `reach_km`: how far from its point it may be offered; null means anywhere; 0 means that nobody knows where
    it is, so that it is found by its words but not offered as near. `cell`: its square of the grid, see
    `livingwell.directory.grid`; null means no point. `weekdays`: bit 0 Monday to bit 6 Sunday; 0 means not known.
    `slots`: the hours of the week that it may be open in, 24 times the weekday plus the hour. `ends_on`: the
    last day of something that ends, such as a single event. `standing`: as of its service. `access`: the terms
    of `directory.access` that are known to be there, as bits. `languages`: codes of ISO 639 with a space around
    each. `words`: weight A its name, B its themes (each also as the one lexeme "~slug"), C what happens, D who
    and where.
    """

    # Derived rows go with the service they were derived from, hence CASCADE.
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="listings")
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.CASCADE, related_name="listings"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    cell = models.IntegerField(null=True)
    reach_km = models.FloatField(null=True)
    is_free = models.BooleanField(null=True)
    access = models.PositiveIntegerField(default=0)
    languages = models.TextField(blank=True)
    is_online = models.BooleanField(default=False)
    is_by_phone = models.BooleanField(default=False)
    weekdays = models.PositiveSmallIntegerField(default=0)
    slots = ArrayField(models.PositiveSmallIntegerField(), default=list)
    ends_on = models.DateField(null=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    assured_on = models.DateField(null=True)
    is_live = models.BooleanField(default=True)
    standing = models.PositiveSmallIntegerField(db_default=0)
    words = SearchVectorField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            one_of("kind", Kind.values),
            between("standing", Standing.FRESH, Standing.HIDDEN),
            together("latitude", "longitude", "cell"),
            models.UniqueConstraint(
                fields=["service", "location"], nulls_distinct=False, name="directory_listing_once_per_place"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="directory_listing_words"),
            models.Index(fields=["cell"], name="directory_listing_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} ({self.kind})"


class ListingTheme(models.Model):
    """A theme of a live listing that silence did not hide: what takes the nearest or freshest few from an index.

    `place`: among the themes of its service, from 0. The first MAIN_THEMES say what a service is; those after them,
    what it helps with besides: a search finds it by these, nobody is offered it for their sake.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="themes")  # derived, as above
    theme = models.ForeignKey("themes.Theme", on_delete=models.PROTECT, related_name="+")
    cell = models.IntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    reach_km = models.FloatField(null=True)
    assured_on = models.DateField(null=True)
    place = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["listing", "theme"], name="directory_listingtheme_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["theme", "cell"],
                include=["listing", "latitude", "longitude", "reach_km"],
                condition=Q(place__lt=MAIN_THEMES),
                name="directory_listingtheme_near",
            ),
            models.Index(
                F("theme"),
                F("assured_on").desc(nulls_last=True),
                F("listing"),
                condition=Q(place__lt=MAIN_THEMES),
                name="directory_listingtheme_fresh",
            ),
            models.Index(
                F("theme"),
                F("assured_on").desc(nulls_last=True),
                F("listing"),
                condition=Q(reach_km=None, place__lt=MAIN_THEMES),
                name="directory_listingtheme_any",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.theme_id}"


class Word(models.Model):
    """A word that the directory itself uses, and in how many services: what typing mistakes are mended to."""

    word = models.TextField(primary_key=True)
    services = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word


class Edition(models.Model):
    """The one row whose number changes with the derived rows, so that a process knows when to read again.

    `directory` tells this database from every other, so that nothing derived from one is taken for another's.
    """

    number = models.PositiveBigIntegerField(default=0)
    directory = models.UUIDField(default=uuid4)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="directory_edition_only_one")]

    def __str__(self) -> str:
        return str(self.number)


class Relisted(models.Model):
    """A service whose listings changed (or went), and in which edition last: what an index has to read again.

    No foreign key: the row stays when the service is gone.
    """

    service_id = models.UUIDField(primary_key=True)
    edition = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.service_id} in {self.edition}"


class PlaceName(models.Model):
    """Something people type to say where they are: a postcode, its first half, or a name; and where that is.

    Degrees, WGS 84. `name` is folded: lower case, no accents; postcodes without the space.
    """

    name = models.TextField(primary_key=True)
    label = models.TextField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    approximate = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.label
