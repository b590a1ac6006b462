"""Give the first editor, or anybody, a role."""

from argparse import ArgumentParser
from contextlib import suppress
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization
from livingwell.messaging import addresses
from livingwell.people import actions
from livingwell.people.models import Role


class Command(BaseCommand):
    help = "Let the owner of an e-mail address act in a role, for the network or for one organization."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument(
            "--organization", default="", help="The id or the exact name of the organization."
        )
        parser.add_argument("--name", default="", help="What to call them.")

    def handle(self, *, email: str, role: str, organization: str, name: str, **options: object) -> None:
        try:
            address = addresses.email(email)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        held = actions.appoint(
            address,
            Role(role),
            organization=_organization(organization) if organization else None,
            name=name,
            by="the command line",
            at=timezone.now(),
        )
        self.stdout.write(
            f"{held.account} is now: {Role(role).label}. They sign in at /sign-in/ with a code."
        )


def _organization(named: str) -> Organization:
    with suppress(ValueError):
        return Organization.objects.get(pk=UUID(named))
    found = list(Organization.objects.filter(name__iexact=named)[:2])
    if len(found) != 1:
        how_many = "More than one" if found else "No"
        raise CommandError(f"{how_many} organization is called “{named}”. Give its id instead.")
    return found[0]
