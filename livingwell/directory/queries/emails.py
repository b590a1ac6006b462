"""By which e-mail address an organization is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livingwell.directory.models import Organization, Service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def emails_of(organizations: Iterable[UUID]) -> dict[UUID, str]:
    """The address of each that has one: its own, else the one that all its services with an address share.

    Where they have several, nobody guesses: it has none.
    """
    keys = list(organizations)
    found: dict[UUID, set[str]] = {}
    services = Service.objects.public().filter(organization__in=keys).exclude(email="")
    for organization, email in services.values_list("organization", "email").distinct():
        if organization is not None:
            found.setdefault(organization, set()).add(email)
    own = dict(Organization.objects.filter(pk__in=keys).exclude(email="").values_list("pk", "email"))
    return {key: emails.pop() for key, emails in found.items() if len(emails) == 1} | own
