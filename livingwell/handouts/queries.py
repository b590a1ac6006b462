"""What is said on paper, in a text and in an e-mail of each service that somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from livingwell.core.languages import AsWritten
from livingwell.directory.models import Listing, Service
from livingwell.directory.queries.cards import cards
from livingwell.handouts.models import ShortAddress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from livingwell.directory.queries.cards import Card


@dataclass(frozen=True, slots=True)
class Entry:
    """One service that was chosen: its card, and the lines of its address."""

    card: Card
    address: tuple[str, ...]

    @property
    def service_id(self) -> UUID:
        return self.card.service_id

    @property
    def when(self) -> str:
        return dict(self.card.facts).get(_("When"), "")

    @property
    def where(self) -> str:
        """The place written out as on an envelope where it is known."""
        written = AsWritten(", ".join(self.address))
        return written or dict(self.card.facts).get(_("Where"), "")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The facts of the card, with the place written out."""
        return tuple((word, self.where if word == _("Where") else text) for word, text in self.card.facts)


def entries(services: Sequence[UUID]) -> list[Entry]:
    """The services in this order; those that are listed no longer are left out.

    One that is part of another entry by now stands for that one.
    """
    merged = Service.objects.filter(pk__in=services, merged_into__isnull=False)
    instead = dict(merged.values_list("pk", "merged_into_id"))
    services = list(dict.fromkeys(instead.get(pk) or pk for pk in services))
    first: dict[UUID, Listing] = {}
    listings = (
        Listing.objects.filter(service__in=services)
        .select_related("location")
        .prefetch_related("location__addresses")
        .defer("words")
        .order_by("pk")
    )
    for listing in listings:
        first.setdefault(listing.service_id, listing)
    shown = [first[pk] for pk in services if pk in first]
    made = {card.listing_id: card for card in cards([listing.pk for listing in shown])}
    return [Entry(made[listing.pk], _address(listing)) for listing in shown if listing.pk in made]


def gone(services: Sequence[UUID], shown: Sequence[Entry]) -> list[Service]:
    """Those of the services that are listed no longer: closed for good, or hidden because nobody answers there."""
    left = set(services) - {entry.service_id for entry in shown}
    return list(Service.objects.filter(pk__in=left, merged_into=None).order_by("name")) if left else []


def _address(listing: Listing) -> tuple[str, ...]:
    if listing.location is None:
        return ()
    address = next(iter(listing.location.addresses.all()), None)
    lines = [line for line in (address.lines() if address else ()) if line]
    name = listing.location.name
    if name and not any(line.startswith(name) for line in lines):
        lines.insert(0, name)
    return tuple(dict.fromkeys(lines))


def service_of(code: str) -> UUID | None:
    """The service that a short address leads to."""
    return ShortAddress.objects.filter(code=code).values_list("service_id", flat=True).first()


def services_of(codes: Iterable[str]) -> list[UUID]:
    """The services of several short addresses, in this order."""
    wanted = list(codes)
    found = dict(ShortAddress.objects.filter(code__in=wanted).values_list("code", "service_id"))
    return [found[code] for code in wanted if code in found]
