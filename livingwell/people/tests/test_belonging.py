"""Who may invite whom to what, how an invitation is taken up, and how a role ends."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from livingwell.core.errors import Refusal
from livingwell.directory.models import Organization
from livingwell.directory.tests import make as directory
from livingwell.messaging.models import Message
from livingwell.people import actions, permissions
from livingwell.people.models import WITH_PEOPLE, Account, Invitation, Membership, Role
from livingwell.people.tests import make
from livingwell.people.tests.test_sign_in import newest_code

pytestmark = pytest.mark.django_db


def provider(organization: Organization, email: str = "prue@example.org") -> Account:
    return actions.appoint(
        email, Role.PROVIDER, organization=organization, by="setting up", at=make.LONG_AGO
    ).account


def invited(role: Role = Role.VERIFIER, email: str = "new@example.org") -> tuple[Invitation, str]:
    """An open invitation and the path of its link as it was sent."""
    invitation = actions.invite(
        email, role, organization=None, site="https://here.example", by="Edna", at=timezone.now()
    )
    found = re.search(
        r"https://here\.example(/invitation/\S+/)", Message.objects.get(key__startswith="invit").body
    )
    assert found
    return invitation, found[1]


def test_an_editor_invites_a_volunteer_who_takes_it_up_with_a_code() -> None:
    editor = make.signed_in(make.editor())
    assert editor.post("/people/", {"email": "New@example.org", "role": "verifier"}).status_code == 302
    message = Message.objects.get()
    assert message.subject == "An invitation"
    found = re.search(r"http://testserver(/invitation/\S+/)", message.body)
    assert found
    client = Client()
    assert "Volunteer who checks entries" in client.get(found[1]).content.decode()
    assert not Membership.objects.filter(role=Role.VERIFIER).exists()

    assert client.post(found[1])["Location"] == "/sign-in/code/"
    assert client.post("/sign-in/code/", {"code": newest_code()})["Location"] == found[1]
    client.post(found[1])

    held = Membership.objects.get(role=Role.VERIFIER)
    assert held.account.email == "new@example.org"
    assert client.get("/keeping/")["Location"].startswith("/sign-in/second-step/")


def test_an_invitation_works_once() -> None:
    invitation, path = invited()
    account = make.person("new@example.org")
    actions.accept(invitation, account, at=timezone.now())

    assert Client().get(path).status_code == 410
    with pytest.raises(Refusal, match="over"):
        actions.accept(invitation, account, at=timezone.now())


def test_an_invitation_is_for_its_address_alone() -> None:
    invitation, path = invited()
    other = make.person("other@example.org")

    with pytest.raises(Refusal, match="another e-mail address"):
        actions.accept(invitation, other, at=timezone.now())
    assert "Sign out first" in make.signed_in(other).get(path).content.decode()


def test_an_invitation_is_over_after_a_week_or_when_taken_back() -> None:
    invitation, path = invited()
    account = make.person("new@example.org")
    with pytest.raises(Refusal):
        actions.accept(invitation, account, at=timezone.now() + timedelta(days=7, seconds=1))

    actions.withdraw(invitation, by="Edna", at=timezone.now())

    assert Client().get(path).status_code == 410


def test_a_link_that_we_did_not_sign_opens_nothing() -> None:
    invitation, path = invited()

    assert Client().get(f"/invitation/{invitation.pk}/").status_code == 410
    assert Client().get(path[:-2] + "x/").status_code == 410


def test_asking_again_takes_the_older_link_back() -> None:
    first, _path = invited()
    actions.invite(first.email, Role.VERIFIER, organization=None, site="", by="Edna", at=timezone.now())

    assert Invitation.objects.open(timezone.now()).count() == 1


def test_a_provider_invites_colleagues_to_their_own_organization_only() -> None:
    own, other = directory.organization("Ours"), directory.organization("Theirs")
    client = make.signed_in(provider(own))

    asked = {"email": "colleague@example.org", "role": "provider"}
    assert client.post(f"/people/organizations/{own.pk}/", asked).status_code == 302
    assert client.post(f"/people/organizations/{other.pk}/", asked).status_code == 403
    assert client.get("/people/").status_code == 403

    assert Invitation.objects.get().organization == own


@pytest.mark.parametrize("role", ["privacy lead", "clinician", "commissioner"])
def test_an_editor_cannot_give_what_is_not_theirs_to_give(role: str) -> None:
    client = make.signed_in(make.editor())

    assert client.post("/people/", {"email": "new@example.org", "role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_an_editor_cannot_end_what_is_not_theirs_to_give() -> None:
    lead = actions.appoint("lead@example.org", Role.PRIVACY_LEAD, by="setting up", at=make.LONG_AGO)
    client = make.signed_in(make.editor())

    assert client.post("/people/", {"end": lead.pk}).status_code == 404
    assert Membership.objects.live(timezone.now()).filter(pk=lead.pk).exists()


def test_a_privacy_lead_may_give_any_role_of_the_network() -> None:
    lead = actions.appoint("lead@example.org", Role.PRIVACY_LEAD, by="setting up", at=make.LONG_AGO).account

    given = permissions.may_invite_to(lead, None, at=timezone.now())

    assert set(given) == set(Role) - {Role.PROVIDER, *WITH_PEOPLE}


def test_ending_a_role_ends_it_at_once_everywhere() -> None:
    account = make.verifier()
    theirs = make.signed_in(account)
    assert theirs.get("/account/").status_code == 200
    editor = make.signed_in(make.editor())

    editor.post("/people/", {"end": account.memberships.get().pk})

    assert theirs.get("/keeping/")["Location"].startswith("/sign-in/?")


def test_somebody_can_leave_by_themselves() -> None:
    account = make.verifier()
    client = make.signed_in(account)
    held = account.memberships.get()

    assert "Volunteer" in client.get(f"/account/roles/{held.pk}/leave/").content.decode()
    client.post(f"/account/roles/{held.pk}/leave/")

    assert not permissions.may_verify(account, at=timezone.now())
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_nobody_can_leave_for_somebody_else() -> None:
    held = make.verifier().memberships.get()

    assert make.signed_in(make.editor()).post(f"/account/roles/{held.pk}/leave/").status_code == 404


def test_inviting_needs_proof_of_the_last_ten_minutes() -> None:
    client = make.signed_in(make.editor())
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 11 * 60
    session.save()

    response = client.post("/people/", {"email": "new@example.org", "role": "verifier"})

    assert response["Location"] == "/sign-in/again/?next=%2Fpeople%2F"
    assert not Invitation.objects.exists()


def test_a_page_of_belonging_that_is_not_there() -> None:
    assert make.signed_in(make.editor()).get(f"/people/organizations/{uuid4()}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_invitation_pressed_twice_at_once_gives_one_role() -> None:
    invitation, _path = invited()
    account = make.person("new@example.org")
    outcomes: list[str] = []

    def press() -> None:
        try:
            actions.accept(invitation, account, at=timezone.now())
            outcomes.append("in")
        except Refusal:
            outcomes.append("over")
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(4)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()

    assert sorted(outcomes) == ["in", "over", "over", "over"]
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("role", WITH_PEOPLE)
def test_a_provider_invites_those_who_work_with_people_and_ends_their_role(role: Role) -> None:
    own = directory.organization("Ours")
    client = make.signed_in(provider(own))

    client.post(f"/people/organizations/{own.pk}/", {"email": "lena@example.org", "role": role})
    held = actions.accept(Invitation.objects.get(), make.person("lena@example.org"), at=timezone.now())
    assert (held.role, held.organization) == (role, own)
    client.post(f"/people/organizations/{own.pk}/", {"end": held.pk})

    assert not permissions.works_with_people(held.account, at=timezone.now())


def test_a_privacy_lead_invites_a_link_worker_to_any_organization() -> None:
    lead = actions.appoint("lead@example.org", Role.PRIVACY_LEAD, by="setting up", at=make.LONG_AGO).account
    own = directory.organization("Ours")

    make.signed_in(lead).post(
        f"/people/organizations/{own.pk}/", {"email": "lena@example.org", "role": "link worker"}
    )

    assert Invitation.objects.get().organization == own


def test_an_editor_gives_nobody_a_way_to_see_people() -> None:
    own = directory.organization("Ours")

    assert permissions.may_invite_to(make.editor(), own, at=timezone.now()) == [Role.PROVIDER]


def test_a_link_worker_invites_nobody() -> None:
    own = directory.organization("Ours")
    lena = actions.appoint(
        "lena@example.org", Role.LINK_WORKER, organization=own, by="setting up", at=make.LONG_AGO
    )

    assert make.signed_in(lena.account).get(f"/people/organizations/{own.pk}/").status_code == 403


def test_nobody_works_with_people_for_the_network_as_a_whole() -> None:
    with pytest.raises(Refusal, match="one organization"):
        actions.invite(
            "a@example.org", Role.CLINICIAN, organization=None, site="", by="Edna", at=timezone.now()
        )


def test_who_works_with_people_finds_them_in_the_header_and_on_their_account() -> None:
    own = directory.organization("Ours")
    lena = actions.appoint(
        "lena@example.org", Role.LINK_WORKER, organization=own, by="setting up", at=make.LONG_AGO
    ).account
    client = make.signed_in(lena)

    assert client.get("/sign-in/done/")["Location"] == "/walking-with/"
    assert "/walking-with/" in client.get("/account/").content.decode()
    assert "/walking-with/" not in make.signed_in(make.editor()).get("/account/").content.decode()
