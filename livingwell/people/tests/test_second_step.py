"""Staff take a second step before any page of staff opens, and show again who they are before something grave."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from livingwell.people import actions
from livingwell.people.invented import INVENTED
from livingwell.people.models import Account
from livingwell.people.tests import make
from livingwell.people.tests.test_sign_in import asked, newest_code

pytestmark = pytest.mark.django_db
EDITOR = next(one for one in INVENTED if one.slug == "editor")


def digits(secret: str, at: float) -> str:
    """What an app shows (RFC 6238), worked out here and not by the code under test."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def by_code(account: Account) -> Client:
    client = asked(account.email)
    client.post("/sign-in/code/", {"code": newest_code()})
    return client


def with_app(account: Account) -> tuple[Client, str]:
    """A browser in which this account has just added an app, and the app's secret."""
    client = by_code(account)
    page = client.get("/account/second-step/totp/activate/").content.decode()
    found = re.search(r'lw-letters">([A-Z2-7 ]+)<', page)
    assert found
    secret = found[1].replace(" ", "")
    client.post("/account/second-step/totp/activate/", {"code": digits(secret, time.time())})
    return client, secret


def test_no_page_of_staff_opens_with_a_code_alone() -> None:
    client = by_code(make.editor())

    response = client.get("/keeping/anything/?a=b")

    assert response.status_code == 302
    assert response["Location"] == "/sign-in/second-step/?next=%2Fkeeping%2Fanything%2F%3Fa%3Db"
    page = client.get(response["Location"]).content.decode()
    assert "Add a passkey" in page


def test_adding_an_app_takes_the_second_step_and_gives_spare_codes() -> None:
    client, _secret = with_app(make.editor())

    assert client.get("/keeping/anything/").status_code == 404
    page = client.get("/account/second-step/recovery-codes/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code>", page)) == 10


def test_next_time_the_app_is_asked_for_before_a_session_begins() -> None:
    account = make.editor()
    _client, secret = with_app(account)
    client = by_code(account)

    assert client.get("/account/").status_code == 302
    assert client.post("/account/second-step/authenticate/", {"code": "000000"}).status_code == 200
    response = client.post(
        "/account/second-step/authenticate/", {"code": digits(secret, time.time() + 30)}, follow=True
    )

    assert response.wsgi_request.user == account
    assert client.get("/keeping/anything/").status_code == 404


def test_a_spare_code_works_once() -> None:
    account = make.editor()
    first, _secret = with_app(account)
    page = first.get("/account/second-step/recovery-codes/").content.decode()
    spare = re.findall(r"<li><code>(\d{8})</code>", page)[0]

    statuses = [
        by_code(account).post("/account/second-step/authenticate/", {"code": spare}).status_code
        for _ in range(2)
    ]

    assert statuses == [302, 200]


def test_the_second_step_lasts_a_working_day(monkeypatch: pytest.MonkeyPatch) -> None:
    client = make.signed_in(make.editor())
    assert client.get("/keeping/anything/").status_code == 404

    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 8 * 3600 - 1}]
    session.save()

    assert client.get("/keeping/anything/").status_code == 302


def test_the_session_of_staff_is_short_and_that_of_others_is_not() -> None:
    staff, person = by_code(make.editor()), by_code(make.person())

    assert staff.session.get_expiry_age() <= 8 * 3600
    assert person.session.get_expiry_age() > 24 * 3600


def test_a_dismissed_editor_gets_nothing_with_the_very_next_request() -> None:
    account = make.editor()
    client = make.signed_in(account)
    assert client.get("/account/").status_code == 200

    actions.dismiss(account.memberships.get(), by="the lead", at=timezone.now())

    response = client.get("/account/")
    assert response.status_code == 302
    assert not response.wsgi_request.user.is_authenticated


def test_something_grave_needs_proof_of_the_last_ten_minutes() -> None:
    client = by_code(make.person())
    assert client.get("/account/address/").status_code == 200

    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= timedelta(minutes=11).total_seconds()
    session.save()

    response = client.get("/account/address/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/sign-in/again/code/")
    client.post("/sign-in/again/code/", {"next": "/account/address/"})
    response = client.post("/sign-in/code/", {"code": newest_code()})
    assert response["Location"] == "/account/address/"
    assert client.get("/account/address/").status_code == 200


def test_adding_a_second_step_needs_proof_of_the_last_ten_minutes() -> None:
    client = by_code(make.person())
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 11 * 60
    session.save()

    for page in ("totp/activate", "webauthn/add"):
        response = client.get(f"/account/second-step/{page}/")
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/again/code/")


def test_staff_cannot_take_off_their_last_second_step() -> None:
    account = make.editor()
    client, _secret = with_app(account)

    response = client.post("/account/second-step/totp/deactivate/")

    assert "Your work here needs a second step" in response.content.decode()
    assert client.get("/keeping/anything/").status_code == 404


def test_the_invented_need_no_second_step_in_the_demonstration_and_everybody_does_elsewhere(
    settings: LazySettings,
) -> None:
    actions.let_in_the_invented(at=timezone.now())
    settings.DEMONSTRATION = True
    client = Client()
    client.post("/sign-in/as/editor/")
    assert client.get("/keeping/anything/").status_code == 404
    real = by_code(make.editor())
    assert real.get("/keeping/anything/").status_code == 302

    settings.DEMONSTRATION = False

    assert client.get("/keeping/anything/").status_code == 302


def test_what_one_visitor_does_to_somebody_invented_stands_in_no_other_visitors_way(
    settings: LazySettings,
) -> None:
    settings.DEMONSTRATION = True
    first = Client()
    first.post("/sign-in/as/editor/")
    page = first.get("/account/second-step/totp/activate/").content.decode()
    found = re.search(r'lw-letters">([A-Z2-7 ]+)<', page)
    assert found
    secret = found[1].replace(" ", "")
    first.post("/account/second-step/totp/activate/", {"code": digits(secret, time.time())})
    held = Account.objects.get(pk=EDITOR.pk).memberships.get()
    first.post(f"/account/roles/{held.pk}/leave/")

    second = Client()
    second.post("/sign-in/as/editor/")

    assert second.get("/keeping/").status_code == 200
