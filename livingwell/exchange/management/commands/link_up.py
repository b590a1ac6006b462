"""Let a system ask in the name of an organization, or end that."""

from argparse import ArgumentParser
from contextlib import suppress
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization
from livingwell.exchange import actions
from livingwell.exchange.models import Client
from livingwell.people.models import Account


class Command(BaseCommand):
    help = "Link a system up: FHIR R4 at /fhir/R4 in the name of one organization. Its secret is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", nargs="?", help="The id or the exact name of the organization.")
        parser.add_argument("--name", default="", help="What the system is called.")
        parser.add_argument(
            "--sends-as",
            default="",
            help="The e-mail of who answers for what it sends, and works with people there.",
        )
        parser.add_argument("--end", default="", help="The id of a client that may not ask any more.")

    def handle(
        self, *, organization: str | None, name: str, end: str, sends_as: str, **options: object
    ) -> None:
        if end:
            self._end(end)
            return
        if not organization:
            raise CommandError("Name the organization, or a client to --end.")
        found = _organization(organization)
        account = Account.objects.filter(email=sends_as.lower()).first() if sends_as else None
        if sends_as and account is None:
            raise CommandError("Nobody signs in with that e-mail.")
        try:
            client, secret = actions.link_up(
                found, name=name or found.name, by="the command line", at=timezone.now(), sends_as=account
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Linked up for {found.name}. Keep the secret: it is shown only now.")
        self.stdout.write(f"client_id={client.pk}")
        self.stdout.write(f"client_secret={secret}")

    def _end(self, pk: str) -> None:
        with suppress(ValueError):
            if client := Client.objects.filter(pk=UUID(pk)).first():
                actions.end(client, by="the command line", at=timezone.now())
                self.stdout.write(f"{client.name} asks in vain from now on.")
                return
        raise CommandError("There is no client of this id.")


def _organization(named: str) -> Organization:
    with suppress(ValueError):
        if by_id := Organization.objects.filter(pk=UUID(named)).first():
            return by_id
    found = list(Organization.objects.filter(name__iexact=named)[:2])
    if len(found) != 1:
        how_many = "More than one" if found else "No"
        raise CommandError(f"{how_many} organization is called “{named}”. Give its id instead.")
    return found[0]
