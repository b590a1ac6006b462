"""By which e-mail address an organization is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from livingwell.core.kept import among, kept
from livingwell.directory.models import Organization, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet


def emails_of(organizations: Iterable[UUID]) -> dict[UUID, str]:
    """The address of each that has one: its own, else the one that all its services with an address share.

    Where they have several, nobody guesses: it has none.
    """
    found: dict[UUID, set[str]] = {}
    for organization, own, service, status, merged in _emails(list(organizations)):
        emails = found.setdefault(organization, {own} if own else set())
        if not own and service and status != Status.DEFUNCT and not merged:
            emails.add(service)
    return {organization: emails.pop() for organization, emails in found.items() if len(emails) == 1}


@kept
def _emails(organizations: list[UUID]) -> QuerySet[Organization, tuple[Any, ...]]:
    rows = Organization.objects.filter(pk__in=among(organizations))
    return rows.values_list("pk", "email", "services__email", "services__status", "services__merged_into")
