"""Letting somebody in: an invitation is good once, for whom it is, until its day, and gives what was chosen."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from livingwell.circles import actions, queries
from livingwell.circles.models import CarerInvitation, Ring, Sent
from livingwell.circles.tests import make
from livingwell.consent import actions as consents
from livingwell.consent.acting import acting
from livingwell.consent.models import Consent, Event, How, Kind, Part, Person, Purpose
from livingwell.consent.tests import make as consent
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.messaging.models import Message, Status
from livingwell.people.tests.make import signed_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from livingwell.people.models import Account

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=1)
SAYS = {"lasts": "month", "sent": "link", "parts": ["story", "circle"], "signed": "Pat"}


def before() -> datetime:
    """A moment ago: the pages read the clock themselves."""
    return timezone.now() - SOON


def owner(person: Person) -> Client:
    assert person.account
    return signed_in(person.account)


def secret_of(link: str) -> str:
    return link.strip("/").split("/")[-1]


def test_a_yes_lets_somebody_see_what_was_chosen_and_no_more_until_the_day() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    link = make.link_for(make.member(person), Part.CIRCLE, at=before())
    client = signed_in(carol)
    assert "The people around me" in client.get(link).content.decode()
    assert client.post(link)["Location"] == "/people-who-share-with-me/"
    given = Consent.objects.get(account=carol)
    assert (given.parts, given.purpose, given.how, given.given_by) == (
        ["circle"],
        "family",
        "screen",
        person.account,
    )
    assert timedelta(days=29) < given.until - given.given_at < timedelta(days=31)
    assert not given.may_change
    assert client.get(f"/page/{person.pk}/people/").status_code == 200
    assert "Pat" in client.get("/people-who-share-with-me/").content.decode()
    kinds = set(Event.objects.filter(person=person, part=Part.CONSENTS).values_list("kind", flat=True))
    assert {Kind.CARER_INVITED, Kind.CARER_JOINED, Kind.CONSENT_GIVEN} <= kinds


def test_the_person_sees_who_is_in_and_stops_it_in_one_press() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    dee = make.member(person)
    link = make.link_for(dee, Part.CIRCLE, at=before())
    assert (
        "Take the invitation back"
        in owner(person).get(f"/page/{person.pk}/people/{dee.pk}/").content.decode()
    )
    signed_in(carol).post(link)
    assert (
        "can see these parts until"
        in owner(person).get(f"/page/{person.pk}/people/{dee.pk}/").content.decode()
    )
    assert person.account
    consents.withdraw(Consent.objects.get(account=carol), by=person.account, at=timezone.now())
    assert signed_in(carol).get(f"/page/{person.pk}/people/").status_code == 404
    assert "Nobody shares a page" in signed_in(carol).get("/people-who-share-with-me/").content.decode()


def test_a_link_works_once() -> None:
    person = consent.page_of()
    link = make.link_for(make.member(person), at=before())
    assert signed_in(consent.somebody("carol")).post(link).status_code == 302
    second = signed_in(consent.somebody("mallory"))
    assert second.get(link).status_code == 410
    assert second.post(link).status_code == 410
    assert Consent.objects.count() == 1


def test_a_link_is_over_after_a_week_when_taken_back_and_when_a_newer_one_is_made() -> None:
    person, carol = consent.page_of(), signed_in(consent.somebody("carol"))
    old = make.link_for(make.member(person, "Ama"), at=timezone.now() - timedelta(days=8))
    bo = make.member(person, "Bo")
    older = make.link_for(bo, at=before())
    newer = make.link_for(bo, at=before())
    assert carol.get(newer).status_code == 200
    owner(person).post(f"/page/{person.pk}/people/{bo.pk}/take-back/")
    for link in (old, older, newer, "/invited/made-up/"):
        assert carol.get(link).status_code == 410
        assert carol.post(link).status_code == 410
    assert not Consent.objects.exists()


def test_only_the_owner_of_the_address_it_went_to_may_say_yes() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    link = make.link_for(make.member(person), at=before(), sent=Sent.EMAIL, to="Carol@Example.org")
    other = signed_in(consent.somebody("mallory"))
    assert "signed in with another address" in other.get(link).content.decode()
    assert other.post(link).status_code == 409
    assert signed_in(carol).post(link).status_code == 302
    assert CarerInvitation.objects.get().sent_to == ""


def test_nobody_invites_themselves() -> None:
    person = consent.page_of()
    link = make.link_for(make.member(person), at=before())
    assert "your own invitation" in owner(person).get(link).content.decode()
    assert owner(person).post(link).status_code == 409
    assert not Consent.objects.exists()


def test_whoever_is_not_signed_in_reads_what_it_is_and_is_sent_to_sign_in(client: Client) -> None:
    link = make.link_for(make.member(consent.page_of(), "Dee"), at=before())
    page = client.get(link)
    assert "Pat would like you to be there" in page.content.decode()
    assert "second step" in page.content.decode()
    assert page["Cache-Control"].count("no-store")
    assert client.post(link)["Location"].startswith("/sign-in/?next=")
    assert not Consent.objects.exists()


def test_the_message_says_who_asks_in_the_chosen_name_and_nothing_of_the_page() -> None:
    person = consent.page_of(called="Patricia Secret")
    dad = make.member(person, "Dad", who_words="He drinks")
    make.link_for(dad, Part.MEDICATION, at=before(), sent=Sent.EMAIL, to="dad@example.org", signed="P.")
    message = Message.objects.get()
    assert message.subject == "An invitation"
    assert message.body.startswith("P. has sent you an invitation.")
    for word in ("Secret", "Dad", "drinks", "medicin", "health"):
        assert word not in message.body
    assert message.forget


def test_taking_it_back_stops_a_message_that_has_not_left() -> None:
    person = consent.page_of()
    dee = make.member(person)
    make.link_for(dee, at=before(), sent=Sent.EMAIL, to="dee@example.org")
    owner(person).post(f"/page/{person.pk}/people/{dee.pk}/take-back/")
    assert Message.objects.get().status == Status.CANCELLED


def test_whoever_must_not_be_rung_is_not_texted() -> None:
    dad = make.member(consent.page_of(), "Dad", ring=Ring.NEVER)
    with pytest.raises(Refusal, match="must not be rung"):
        make.link_for(dad, at=before(), sent=Sent.TEXT, to="07700 900123")


def test_only_a_hash_of_the_secret_is_kept() -> None:
    secret = secret_of(make.link_for(make.member(consent.page_of()), at=before()))
    row = CarerInvitation.objects.values().get()
    assert secret not in str(row)
    assert row["secret_hash"] == hashlib.sha256(secret.encode()).hexdigest()


def test_the_web_role_writes_no_consent_by_itself_and_does_not_mark_an_invitation_as_accepted() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    make.link_for(make.member(person), at=before())
    assert person.account
    with pytest.raises(DatabaseError), acting(person.account, at=timezone.now()):
        CarerInvitation.objects.all().update(lasts_until=timezone.now() + timedelta(days=9999))
    with pytest.raises(DatabaseError), acting(carol, at=timezone.now()), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM circles_invitation_meant('x', now())")
    with acting(carol, at=timezone.now()):
        assert not CarerInvitation.objects.exists()


def test_a_yes_is_written_for_whoever_acts_and_nobody_else() -> None:
    person, carol, mallory = consent.page_of(), consent.somebody("carol"), consent.somebody("mallory")
    secret = secret_of(make.link_for(make.member(person), at=before()))
    with acting(mallory, at=timezone.now()), connection.cursor() as cursor:
        cursor.execute("SELECT circles_invitation_accept(%s, %s, now())", [secret, carol.pk])
    assert Consent.objects.get().account == mallory


def test_an_invitation_by_somebody_who_may_no_longer_let_anybody_in_is_over() -> None:
    lena = consent.worker()
    mo = consent.kept_with(lena)
    dee = actions.add(mo, {"called": "Dee"}, by=lena, at=make.LONG_AGO)
    link = actions.invite(
        dee,
        parts=[Part.STORY],
        lasts_until=timezone.now() + make.MONTH,
        sent=Sent.LINK,
        to="",
        signed="",
        site="",
        by=lena,
        at=before(),
        how=How.IN_PERSON,
        said="Yes, let Dee in.",
    )
    secret = secret_of(link)
    assert queries.invitation_meant(secret, at=timezone.now())
    consents.withdraw(Consent.objects.get(person=mo), by=lena, at=timezone.now())
    assert queries.invitation_meant(secret, at=timezone.now()) is None
    with pytest.raises(Refusal, match="over"):
        actions.accept(secret, by=consent.somebody("carol"), at=timezone.now())


def test_who_keeps_a_page_invites_with_the_persons_word_only() -> None:
    lena = consent.worker()
    mo = consent.kept_with(lena)
    dee = actions.add(mo, {"called": "Dee"}, by=lena, at=make.LONG_AGO)
    client, address = signed_in(lena), f"/page/{mo.pk}/people/{dee.pk}/invite/"
    assert client.post(address, SAYS).status_code == 422
    answer = client.post(address, {**SAYS, "how": "in person", "said": "Yes, let Dee in."})
    assert "A link for Dee" in answer.content.decode()
    assert CarerInvitation.objects.get().said == "Yes, let Dee in."


def test_the_owner_hands_over_a_link_that_is_shown_once() -> None:
    person = consent.page_of()
    dee = make.member(person)
    answer = owner(person).post(f"/page/{person.pk}/people/{dee.pk}/invite/", SAYS)
    page = answer.content.decode()
    assert "data:image/svg+xml" in page
    assert "/invited/" in page
    assert CarerInvitation.objects.get().parts == ["circle", "story"]


def test_a_mistake_in_an_invitation_is_said_and_nothing_is_sent() -> None:
    person = consent.page_of()
    dee = make.member(person)
    address = f"/page/{person.pk}/people/{dee.pk}/invite/"
    page = owner(person).post(
        address, {"lasts": "month", "sent": "email", "to": "dee", "parts": ["consents"]}
    )
    assert page.status_code == 422
    assert "Type an e-mail address with an @" in page.content.decode()
    assert not CarerInvitation.objects.exists()
    assert not Message.objects.exists()


def test_after_ten_invitations_in_a_day_there_are_no_more() -> None:
    dee, now = make.member(consent.page_of()), before()
    for _number in range(10):
        make.link_for(dee, at=now)
    with pytest.raises(Refusal, match="tomorrow"):
        make.link_for(dee, at=now)


def test_a_carer_starts_a_page_of_their_own_in_one_press_and_stops_seeing_anothers_in_one() -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    allowed = consent.shared(person, Part.STORY, account=carol, purpose=Purpose.FAMILY)
    client = signed_in(carol)
    client.post("/people-who-share-with-me/", {"stop": str(allowed.pk)})
    allowed.refresh_from_db()
    assert allowed.withdrawn_by == carol
    answer = client.post("/people-who-share-with-me/", {"start": "yes"})
    assert answer["Location"] == f"/page/{Person.objects.get(account=carol).pk}/"
    assert client.post("/people-who-share-with-me/", {"stop": str(allowed.pk)}).status_code == 404


def test_without_a_second_step_nobody_elses_page_is_named(client: Client) -> None:
    person, carol = consent.page_of(), consent.somebody("carol")
    consent.shared(person, Part.STORY, account=carol, purpose=Purpose.FAMILY)
    client.force_login(carol)
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    assert client.get("/people-who-share-with-me/")["Location"].startswith("/sign-in/second-step/")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_at_once_one_comes_in() -> None:
    person = consent.page_of()
    secret = secret_of(make.link_for(make.member(person), at=before()))

    def accept(account: Account) -> str:
        try:
            with acting(account, at=timezone.now()):
                actions.accept(secret, by=account, at=timezone.now())
        except Refusal:
            return "over"
        return "yes"

    said = at_once(accept, [consent.somebody(name) for name in ("carol", "mallory")])
    assert sorted(said) == ["over", "yes"]
    assert Consent.objects.filter(person=person).count() == 1
