"""What `client.force_login` means in the tests: all that staff do to sign in, the second step included."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from livingwell.people.models import Account


@pytest.fixture(autouse=True, scope="session")
def _a_forced_sign_in_is_a_whole_one() -> Iterator[None]:
    """Leave the mark that a second step leaves. Tests of the second step itself sign in for real."""
    from django.test import Client

    once = Client.force_login

    def force_login(client: Client, user: Account, backend: str | None = None) -> None:
        once(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield
