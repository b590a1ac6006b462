"""Who may see the pages that keep the network."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from livingwell.people import actions, permissions
from livingwell.people.models import Account, Role

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def test_a_stranger_may_nothing() -> None:
    assert not permissions.may_edit_the_directory(AnonymousUser(), at=NOW)
    assert not permissions.may_verify(AnonymousUser(), at=NOW)


def test_an_editor_may_edit_and_verify_until_the_role_ends() -> None:
    held = actions.appoint("Ed@Example.org", Role.EDITOR, by="setting up", at=NOW)

    assert permissions.may_edit_the_directory(held.account, at=NOW)
    assert permissions.may_verify(held.account, at=NOW)

    actions.dismiss(held, by="setting up", at=NOW + timedelta(hours=1))

    assert not permissions.may_edit_the_directory(held.account, at=NOW + timedelta(hours=2))


def test_a_volunteer_may_verify_and_not_edit() -> None:
    held = actions.appoint("vol@example.org", Role.VERIFIER, by="setting up", at=NOW)

    assert permissions.may_verify(held.account, at=NOW)
    assert not permissions.may_edit_the_directory(held.account, at=NOW)


def test_appointing_twice_gives_one_role_to_one_account() -> None:
    first = actions.appoint("ed@example.org", Role.EDITOR, by="setting up", at=NOW)
    second = actions.appoint("ED@example.org", Role.EDITOR, by="setting up", at=NOW)

    assert first == second
    assert Account.objects.count() == 1


def test_the_database_refuses_an_address_in_capitals() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(email="Ed@Example.org")
