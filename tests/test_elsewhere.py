"""Signing in with a provider, against a real one that checks what it is sent, and whose answers are spoiled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from livingwell.config import providers
from livingwell.people.models import Account
from livingwell.people.tests import make
from livingwell.people.tests.oidc_server import OidcServer, new_key, pem
from livingwell.people.tests.test_sign_in import asked, newest_code

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[OidcServer]:
    with OidcServer() as server:
        yield server


@pytest.fixture
def server(running: OidcServer, settings: LazySettings, tmp_path: Path) -> OidcServer:
    """The provider in its plain state, known to us as two: one wants a secret, one wants us to sign."""
    running.signer, running.algorithm, running.spoil, running.told = running.key, "RS256", {}, {}
    (tmp_path / "secret").write_text(running.clients.secret)
    (tmp_path / "key.pem").write_text(pem(running.clients.key))
    (tmp_path / "providers.yaml").write_text(
        f"- {{id: plain, name: Plain, client_id: basic, server_url: '{running.url}', secret_from: secret}}\n"
        f"- {{id: nhs, name: NHS login, client_id: signing, server_url: '{running.url}',\n"
        "   private_key_from: key.pem, key_id: k1, two_steps: true}\n"
    )
    read = providers.read(str(tmp_path / "providers.yaml"))
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": read}}
    settings.PROVIDERS_WITH_TWO_STEPS = providers.with_two_steps(read)
    return running


def there(client: Client, provider: str = "plain", query: str = "") -> str:
    """Go to the provider and agree; the address that leads back."""
    response = client.get(f"/sign-in/with/{provider}/{query}")
    assert response.status_code == 302, response.content.decode()
    agreed = httpx.get(response["Location"])
    assert agreed.status_code == 302
    return str(agreed.headers["Location"])


def back(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", follow=True)


@pytest.mark.parametrize("provider", ["plain", "nhs"])
def test_somebody_comes_in_by_secret_and_by_signature(server: OidcServer, provider: str) -> None:
    client = Client()

    response = back(client, there(client, provider))

    account = Account.objects.get()
    assert response.wsgi_request.user == account
    assert (account.email, account.name) == ("pat@example.org", "Pat Ellis")


def test_coming_again_is_the_same_account(server: OidcServer) -> None:
    for _ in range(2):
        client = Client()
        back(client, there(client))

    assert Account.objects.count() == 1


SPOILED = {
    "a signature by somebody else": {"signer": new_key()},
    "no signature": {"algorithm": "none"},
    "a shared secret for a signature": {"algorithm": "HS256"},
    "another nonce": {"spoil": {"nonce": "another"}},
    "no nonce": {"spoil": {"nonce": None}},
    "made for somebody else": {"spoil": {"aud": "another"}},
    "made for two, for the other": {"spoil": {"aud": ["basic", "another"], "azp": "another"}},
    "by another issuer": {"spoil": {"iss": "https://elsewhere.example"}},
    "over": {"spoil": {"exp": 1_600_000_000}},
    "without an end": {"spoil": {"exp": None}},
    "about somebody else than the userinfo": {"told": {"sub": "somebody-else"}},
}


@pytest.mark.parametrize("wrong", SPOILED.values(), ids=SPOILED.keys())
def test_an_answer_that_cannot_be_trusted_is_refused(server: OidcServer, wrong: dict[str, Any]) -> None:
    for name, value in wrong.items():
        setattr(server, name, value)
    client = Client()

    response = back(client, there(client))

    assert "That sign-in did not work" in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated
    assert not Account.objects.exists()


def test_a_state_of_another_browser_is_refused(server: OidcServer) -> None:
    address = there(Client())

    response = back(Client(), address)

    assert "That sign-in did not work" in response.content.decode()
    assert not Account.objects.exists()


def test_a_state_is_good_once(server: OidcServer) -> None:
    client = Client()
    address = there(client)
    back(client, address)
    client.logout()

    assert not back(client, address).wsgi_request.user.is_authenticated


def test_what_a_visitor_writes_into_the_address_changes_nothing_of_what_is_asked(server: OidcServer) -> None:
    there(Client(), query="?scope=everything&auth_params=prompt%3Dnone")

    asked_for = server.asked[-1]
    assert "everything" not in asked_for["scope"]
    assert "prompt" not in asked_for


def test_a_provider_never_opens_an_account_that_was_there_before(server: OidcServer) -> None:
    known = make.person("pat@example.org")
    client = Client()

    response = back(client, there(client))

    assert response.status_code == 409
    assert "A code first, this once" in response.content.decode()
    assert not response.wsgi_request.user.is_authenticated

    client = asked(known.email)
    client.post("/sign-in/code/", {"code": newest_code()})
    assert "process=connect" in client.get("/account/").content.decode()
    back(client, there(client, query="?process=connect"))
    again = Client()
    assert back(again, there(again)).wsgi_request.user == known


def test_a_provider_that_owns_the_addresses_opens_the_account_of_one(
    server: OidcServer, settings: LazySettings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["oidc"]["APPS"][0]["settings"]["email_authentication"] = True
    known = make.person("pat@example.org")
    client = Client()

    assert back(client, there(client)).wsgi_request.user == known


def test_an_address_the_provider_did_not_verify_is_not_believed(
    server: OidcServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server.person, "email_verified", False)
    client = Client()

    assert back(client, there(client)).status_code == 409
    assert not Account.objects.exists()


@pytest.mark.parametrize(("provider", "status"), [("nhs", 404), ("plain", 302)])
def test_only_a_provider_that_asks_for_two_steps_opens_the_pages_of_staff(
    server: OidcServer, provider: str, status: int
) -> None:
    client = Client()
    back(client, there(client, provider))

    assert client.get("/keeping/nothing-here/").status_code == status


def test_a_provider_that_does_not_answer_is_said_kindly(server: OidcServer, settings: LazySettings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["oidc"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

    response = Client().get("/sign-in/with/plain/")

    assert response.status_code == 502
    assert "That sign-in did not work" in response.content.decode()


def test_a_provider_that_is_not_there_is_not_there(server: OidcServer) -> None:
    assert Client().get("/sign-in/with/nobody/").status_code == 404


def test_somebody_may_change_their_mind(server: OidcServer) -> None:
    client = Client()
    state = parse_qs(urlsplit(client.get("/sign-in/with/plain/")["Location"]).query)["state"][0]

    response = client.get(
        "/sign-in/with/plain/back/", {"error": "access_denied", "state": state}, follow=True
    )

    assert "You stopped" in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    ["- {id: a, name: A, client_id: b}", "- {id: a, name: A, client_id: b, server_url: 'http://x.example'}",
     "- {id: a, name: A, client_id: b, server_url: 'https://x.example', sekret: c}", "- {"],
)  # fmt: skip
def test_a_file_of_providers_that_is_wrong_is_refused_by_name(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "providers.yaml").write_text(wrong)

    with pytest.raises(ImproperlyConfigured, match="SIGN_IN_PROVIDERS"):
        providers.read(str(tmp_path / "providers.yaml"))
