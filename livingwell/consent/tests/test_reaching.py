"""How to reach somebody: everything optional, each line checked, apart from consent to share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingwell.consent import actions, nhs_number
from livingwell.consent.models import Contact, Part
from livingwell.consent.tests import make
from livingwell.consent.tests.test_sharing import browser, text
from livingwell.people.tests.make import signed_in

WHOLE = {
    "ways": ["phone", "text"],
    "phone": "020  7946 0123",
    "email": "pat@EXAMPLE.org",
    "address": "1 Reed Row\nLondon SW2 1AA",
    "best_time": "After ten",
    "may_leave_word": "on",
    "word_to_leave": "Lena rang",
    "full_name": "Patricia O’Neill",
    "born_on": "27/3/1985",
    "nhs_number": "943 476 5919",
}


@pytest.mark.django_db
def test_all_of_it_is_kept_and_comes_back_into_the_fields() -> None:
    person = make.page_of()
    client, address = browser(person), f"/page/{person.pk}/reach-me/"
    assert client.post(address, WHOLE).status_code == 302
    said = Contact.objects.get(person=person)
    assert (said.ways, said.phone, said.email) == (["phone", "text"], "020 7946 0123", "pat@example.org")
    assert (said.born_on, said.nhs_number, said.may_leave_word) == (date(1985, 3, 27), "9434765919", True)
    page = client.get(address).content.decode()
    for words in ("020 7946 0123", "Lena rang", "27/3/1985", "943 476 5919", "1 Reed Row"):
        assert words in page


@pytest.mark.django_db
def test_nothing_at_all_is_fine_and_takes_back_what_was_said() -> None:
    person = make.page_of()
    client, address = browser(person), f"/page/{person.pk}/reach-me/"
    client.post(address, WHOLE)
    assert client.post(address, {}).status_code == 302
    said = Contact.objects.get(person=person)
    assert (said.ways, said.phone, said.nhs_number, said.born_on) == ([], "", "", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "typed", "sentence"),
    [
        ("nhs_number", "943 476 5918", "That is not an NHS number."),
        ("nhs_number", "12", "That is not an NHS number."),
        ("born_on", "31/2/1985", "Type the date of birth like 27/3/1985."),
        ("born_on", "1/1/2199", "Check the year of birth."),
        ("phone", "ask Jo", "Type the whole number with its area code"),
        ("email", "pat", "Type an e-mail address with an @ in it"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(line: str, typed: str, sentence: str) -> None:
    person = make.page_of()
    answer = browser(person).post(f"/page/{person.pk}/reach-me/", {**WHOLE, line: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_whoever_may_only_look_reads_it_and_what_may_be_said_on_a_machine() -> None:
    person = make.page_of()
    actions.reach(person, {"phone": "020 7946 0123", "ways": ["phone"], "may_leave_word": True})
    make.shared(person, Part.CONTACT, organization=make.organization())
    shown = text(signed_in(make.worker()), f"/page/{person.pk}/reach-me/")
    assert "Leave a first name and a number, and no more" in shown
    assert "Ring me" in shown
    assert "<form" not in shown


@pytest.mark.parametrize("number", ["9434765919", "4010232137", "9434765870"])
def test_known_numbers_are_right(number: str) -> None:
    assert nhs_number.is_right(number)


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 9), st.integers(1, 9))
def test_one_digit_wrong_is_noticed(nine: str, place: int, off: int) -> None:
    right = [nine + str(last) for last in range(10) if nhs_number.is_right(nine + str(last))]
    assert len(right) <= 1
    for number in right:
        wrong = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]
        assert not nhs_number.is_right(wrong)
