"""A page that was kept with somebody becomes theirs by a code on paper: once, until a day, by one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from livingwell.consent.acting import acting
from livingwell.consent.actions import start
from livingwell.consent.models import Consent, Event, Kind, Part, Person
from livingwell.core.errors import Refusal
from livingwell.core.tests.at_once import at_once
from livingwell.linkwork import actions, codes
from livingwell.linkwork.models import PaperCode
from livingwell.linkwork.tests import make
from livingwell.linkwork.views.taking_over import TRIES
from livingwell.people.tests.make import signed_in
from livingwell.plans.actions import write
from livingwell.plans.models import Section

if TYPE_CHECKING:
    from datetime import datetime

    from livingwell.people.models import Account

pytestmark = pytest.mark.django_db


def sheet(person: Person, by: Account) -> str:
    """The code as it stands on the paper."""
    page = signed_in(by).post(f"/page/{person.pk}/link-worker/sheet/").content.decode()
    found = re.search(r"lw-code-sheet__code\">([A-Z-]+)<", page)
    assert found
    return found[1]


def taken(code: str, by: Account, at: datetime | None = None) -> Person:
    moment = at or timezone.now()
    with acting(by, at=moment):
        return actions.take_over(code, by=by, at=moment)


def test_the_page_becomes_theirs_and_they_are_asked_who_may_go_on_seeing_it() -> None:
    lena, pat = make.worker(), make.somebody()
    person = make.kept_with(lena, called="Mo")
    code = sheet(person, lena)
    client = signed_in(pat)

    response = client.post("/take-over/", {"code": f" {code.lower().replace('-', ' ')}"})

    assert response["Location"] == f"/page/{person.pk}/link-worker/taken-over/"
    person.refresh_from_db()
    assert (person.account, person.called) == (pat, "Mo")
    assert Event.objects.get(kind=Kind.TAKEN_OVER).happened_by == pat
    page = client.get(response["Location"]).content.decode()
    assert "Riverside Surgery" in page
    assert Consent.objects.live(timezone.now()).filter(person=person).exists()
    client.post(response["Location"], {"stop": Consent.objects.get(person=person).pk})
    assert "Nobody but you can see it now" in client.get(response["Location"]).content.decode()
    assert signed_in(lena).get(f"/page/{person.pk}/link-worker/").status_code == 404


def test_a_code_works_once() -> None:
    lena = make.worker()
    code = sheet(make.kept_with(lena), lena)
    taken(code, make.somebody())

    with pytest.raises(Refusal, match="used"):
        taken(code, make.somebody("olive"))


def test_a_code_is_over_after_its_day_and_when_taken_back() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    code = sheet(person, lena)
    with pytest.raises(Refusal, match="too old"):
        taken(code, make.somebody(), timezone.now() + timedelta(days=90, seconds=1))

    signed_in(lena).post(f"/page/{person.pk}/link-worker/sheet/", {"take_back": "yes"})

    with pytest.raises(Refusal, match="taken back"):
        taken(code, make.somebody())


def test_a_new_sheet_makes_the_old_one_useless() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    old, new = sheet(person, lena), sheet(person, lena)

    with pytest.raises(Refusal):
        taken(old, make.somebody())
    assert taken(new, make.somebody()).pk == person.pk


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDF-GHJK-MNPR", "AEIO-AEIO-AEIO"])
def test_what_is_no_code_of_ours_opens_nothing(typed: str) -> None:
    response = signed_in(make.somebody()).post("/take-over/", {"code": typed})

    assert response.status_code == 422
    assert typed in response.content.decode()


def test_an_own_page_on_which_nothing_stands_gives_way() -> None:
    lena, pat = make.worker(), make.somebody()
    own = start(by=pat, at=make.LONG_AGO, called="Patty")
    person = make.kept_with(lena, called="")

    taken(sheet(person, lena), pat)

    own.refresh_from_db()
    person.refresh_from_db()
    assert (own.account, own.called, own.erased_by) == (None, "", pat)
    assert (person.account, person.called) == (pat, "Patty")


def test_an_own_page_with_words_on_it_is_never_mixed_with_another() -> None:
    lena, pat = make.worker(), make.somebody()
    own = start(by=pat, at=make.LONG_AGO)
    write(own, Section.MATTERS, "My allotment.", over=0, by=pat, at=make.LONG_AGO)
    person = make.kept_with(lena)
    code = sheet(person, lena)

    response = signed_in(pat).post("/take-over/", {"code": code})

    assert response.status_code == 422
    assert "never mix two pages" in response.content.decode()
    own.refresh_from_db()
    assert own.account == pat
    assert PaperCode.objects.open(timezone.now()).filter(person=person).exists()


def test_an_own_page_that_somebody_was_let_in_to_is_never_mixed_with_another() -> None:
    lena = make.worker()
    own = make.page_of()
    make.shared(own, Part.STORY, organization=make.organization())
    assert own.account

    with pytest.raises(Refusal, match="never mix"):
        taken(sheet(make.kept_with(lena), lena), own.account)


def test_nobody_prints_a_code_for_a_page_in_its_own_hands() -> None:
    person = make.page_of()
    make.shared(person, Part.STORY, organization=make.organization(), may_change=True)
    lena = make.worker()

    assert signed_in(lena).post(f"/page/{person.pk}/link-worker/sheet/").status_code == 404
    with pytest.raises(Refusal, match="own hands"):
        actions.print_code(person, by=lena, at=timezone.now())


def test_nobody_prints_a_code_for_a_page_that_others_keep() -> None:
    person = make.kept_with(make.worker())
    other = make.worker("otto", at_place="Elsewhere")

    assert signed_in(other).post(f"/page/{person.pk}/link-worker/sheet/").status_code == 404
    assert not PaperCode.objects.exists()


def test_the_code_is_kept_nowhere() -> None:
    lena = make.worker()
    code = sheet(make.kept_with(lena), lena)

    held = PaperCode.objects.values().get()

    assert codes.read(code) not in str(held)
    assert held["hashed"] == codes.hashed(codes.read(code))


def test_who_keeps_a_page_cannot_write_down_whose_it_is() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    sheet(person, lena)
    with pytest.raises(DatabaseError), acting(lena, at=timezone.now()):
        PaperCode.objects.update(used_at=timezone.now(), used_by=lena)


def test_who_tries_too_often_is_asked_to_wait() -> None:
    client = signed_in(make.somebody())
    answers = [client.post("/take-over/", {"code": "BCDF-GHJK-MNPR"}).status_code for _ in range(TRIES + 1)]

    assert answers == [422] * TRIES + [429]


def test_nobody_signed_in_is_asked_to_sign_in_first() -> None:
    assert Client().get("/take-over/")["Location"] == "/sign-in/?next=%2Ftake-over%2F"


@given(
    st.text(codes.LETTERS, min_size=codes.LENGTH, max_size=codes.LENGTH),
    st.lists(st.sampled_from(["", " ", "-", ".", " - "]), min_size=codes.LENGTH, max_size=codes.LENGTH),
)
def test_a_code_reads_alike_however_it_is_typed(letters: str, between: list[str]) -> None:
    typed = "".join(letter + gap for letter, gap in zip(letters, between, strict=True))

    assert codes.read(typed) == codes.read(typed.lower()) == letters


def test_a_new_code_has_three_groups_of_letters_that_nobody_confuses() -> None:
    made = {codes.new() for _ in range(200)}

    assert len(made) == 200
    assert all(re.fullmatch("([B-DF-HJKMNPR-TV-XZ]{4}-){2}[B-DF-HJKMNPR-TV-XZ]{4}", code) for code in made)


@pytest.mark.django_db(transaction=True)
def test_two_who_use_a_code_at_once_do_not_both_get_the_page() -> None:
    lena = make.worker()
    person = make.kept_with(lena)
    code, _made = actions.print_code(person, by=lena, at=timezone.now())

    def use(account: Account) -> str:
        try:
            taken(code, account)
        except Refusal:
            return "over"
        return "theirs"

    outcomes = at_once(use, [make.somebody(name) for name in ("a", "b", "c", "d")])

    assert sorted(outcomes) == ["over", "over", "over", "theirs"]
    held = PaperCode.objects.get()
    assert Person.objects.get(pk=person.pk).account == held.used_by


@pytest.mark.django_db(transaction=True)
def test_one_who_uses_two_codes_at_once_gets_one_page() -> None:
    lena, pat = make.worker(), make.somebody()
    printed = [actions.print_code(make.kept_with(lena), by=lena, at=timezone.now())[0] for _ in range(2)]

    def use(code: str) -> str:
        try:
            taken(code, pat)
        except Refusal:
            return "own page"
        return "theirs"

    outcomes = at_once(use, printed)

    assert sorted(outcomes) == ["own page", "theirs"]
    assert Person.objects.filter(account=pat).count() == 1


def test_the_function_does_nothing_for_nobody() -> None:
    lena = make.worker()
    code = sheet(make.kept_with(lena), lena)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT livingwell_take_over(%s)", [codes.hashed(codes.read(code))])
        assert cursor.fetchone() == ("unknown",)
