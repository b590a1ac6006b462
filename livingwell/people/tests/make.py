"""Accounts in each state, reached through actions."""

from datetime import UTC, datetime

from django.test import Client

from livingwell.people import actions
from livingwell.people.models import Account, Role

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


def editor(email: str = "edna@example.org") -> Account:
    """Somebody who keeps the directory right."""
    return actions.appoint(email, Role.EDITOR, name="Edna", by="setting up", at=LONG_AGO).account


def verifier(email: str = "winston@example.org") -> Account:
    """A volunteer who rings places."""
    return actions.appoint(email, Role.VERIFIER, name="Winston", by="setting up", at=LONG_AGO).account


def person(email: str = "pat@example.org") -> Account:
    """Somebody with an account and no role."""
    return actions.account_for("email", email)


def signed_in(account: Account) -> Client:
    """A browser in which this account is signed in, second step and all."""
    client = Client()
    client.force_login(account)
    return client
