"""What is chosen, how it is named in short, and how it fits into texts: without a page."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from livingwell.directory.tests import make
from livingwell.handouts import actions, chosen, codes, sms
from livingwell.handouts.models import ShortAddress
from livingwell.messaging.texts import ONE, is_plain, length

LINK = "livingwell.example/s/7k3mq"
some_ids = st.lists(st.uuids(), max_size=chosen.MOST, unique=True).map(tuple)


@given(some_ids)
def test_a_list_comes_back_from_its_cookie_as_it_was(ids: tuple[UUID, ...]) -> None:
    assert chosen.read(chosen.written(ids)) == ids


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 2000, signing.Signer(salt="other").sign("AAAA")])
def test_a_cookie_that_is_not_ours_holds_nothing(cookie: str) -> None:
    assert chosen.read(cookie) == ()


def test_a_list_takes_no_more_than_it_holds_and_nothing_twice() -> None:
    full = tuple(uuid4() for _ in range(chosen.MOST))
    assert chosen.kept(full, uuid4()) == full
    assert chosen.kept(full[:3], full[0]) == full[:3]
    assert len(chosen.written(full)) < 700


@given(some_ids, st.integers(0, 30), st.integers(-3, 3))
def test_moving_loses_nothing(ids: tuple[UUID, ...], which: int, places: int) -> None:
    if ids:
        assert sorted(chosen.moved(ids, ids[which % len(ids)], places)) == sorted(ids)


def test_what_is_moved_up_changes_places_with_the_one_before() -> None:
    a, b, c = (uuid4() for _ in range(3))
    assert chosen.moved((a, b, c), c, -1) == (a, c, b)
    assert chosen.moved((a, b, c), a, -1) == (a, b, c)


@pytest.mark.django_db
def test_a_short_address_stays_and_a_taken_one_is_made_longer() -> None:
    first, second = make.service("Choir"), make.service("Garden")
    code = actions.short_addresses([first.pk])[first.pk]
    assert actions.short_addresses([first.pk]) == {first.pk: code}
    assert len(code) == codes.SHORTEST

    taken = next(codes.candidates(second.pk))
    ShortAddress.objects.filter(service=first).update(code=taken)
    longer = actions.short_addresses([second.pk])[second.pk]
    assert longer.startswith(taken)
    assert len(longer) == codes.SHORTEST + 1


def test_a_text_says_name_when_phone_and_where_to_look() -> None:
    assert sms.line(sms.Line("Sing Anyway choir", "07700 900101", "Every Tuesday, 7pm", LINK)) == (
        f"Sing Anyway choir, Every Tuesday, 7pm: 07700 900101 {LINK}"
    )


@given(st.text(max_size=200), st.sampled_from(["", "020 7946 0123"]), st.text(max_size=300))
def test_each_service_fits_into_one_text_with_its_number_and_link_whole(
    name: str, phone: str, when: str
) -> None:
    said = sms.line(sms.Line(name, phone, when, LINK))
    assert length(said) <= ONE
    assert is_plain(said)
    assert said.endswith(f"{phone} {LINK}".strip())


@given(st.integers(0, 20), st.integers(1, 120))
def test_a_list_is_packed_into_few_texts_and_says_how_much_went_in(number: int, width: int) -> None:
    said = [sms.Line("N" * width, "020 7946 0123", "Every Tuesday", LINK) for _ in range(number)]
    made, within = sms.texts(said)
    assert len(made) <= sms.MOST
    assert all(length(each) <= ONE for each in made)
    assert sum(each.count(LINK) for each in made) == within
    assert within >= min(number, sms.MOST)
