"""A question that is kept answers as its queryset does, and none is kept that would answer otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db.models import Q
from django.utils.functional import SimpleLazyObject
from hypothesis import given
from hypothesis import strategies as st

from livingwell.core.kept import NotKept, among, kept
from livingwell.directory.models import Organization
from livingwell.directory.tests import make
from livingwell.people.actions import account_for, appoint
from livingwell.people.models import Account, Membership, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@kept
def named(ids: list[UUID], first: bool) -> QuerySet[Organization, tuple[UUID, str]]:
    rows = Organization.objects.filter(pk__in=among(ids)).order_by("name" if first else "-name")
    return rows.values_list("pk", "name")


def test_it_answers_as_its_queryset_does_each_time_with_its_own_values() -> None:
    one, two, three = (make.organization(name) for name in ("Ash", "Birch", "Cedar"))
    assert named([two.pk, one.pk], True) == [(one.pk, "Ash"), (two.pk, "Birch")]
    assert named([two.pk, three.pk], True) == [(two.pk, "Birch"), (three.pk, "Cedar")]
    assert named([two.pk, three.pk], False) == [(three.pk, "Cedar"), (two.pk, "Birch")]
    assert named([], True) == []


def test_it_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    named([], True)
    with django_assert_num_queries(1):
        named([uuid4()], True)


def test_it_is_put_together_once() -> None:
    built = []

    @kept
    def counted(pk: UUID) -> QuerySet[Organization, tuple[UUID]]:
        built.append(pk)
        return Organization.objects.filter(pk=pk).values_list("pk")

    made = make.organization("Ash")
    assert [counted(pk) for pk in (made.pk, uuid4(), made.pk)] == [[(made.pk,)], [], [(made.pk,)]]
    assert len(built) == 2
    assert made.pk not in built


@kept
def held(who: Account, at: datetime, also: list[UUID] | None) -> QuerySet[Membership, tuple[UUID]]:
    rows = Membership.objects.live(at)
    whose = Q(account=who) if also is None else Q(account=who) | Q(account__in=among(also))
    return rows.filter(whose).values_list("account")


def working(name: str, since: datetime = NOW) -> Account:
    place = Organization.objects.first() or make.organization()
    email = f"{name}@example.org"
    return appoint(email, Role.LINK_WORKER, name=name, by="us", at=since, organization=place).account


def test_an_account_may_be_read_when_it_is_needed() -> None:
    somebody = working("sam")
    assert held(SimpleLazyObject(lambda: somebody), NOW, None) == [(somebody.pk,)]  # type: ignore[arg-type]
    assert held(account_for("email", "sid@example.org"), NOW, [somebody.pk]) == [(somebody.pk,)]


def test_a_value_that_goes_in_changed_is_refused() -> None:
    @kept
    def lately(at: datetime) -> QuerySet[Membership, tuple[int]]:
        return Membership.objects.filter(started_at__gt=at - WEEK).values_list("pk")

    with pytest.raises(NotKept, match="lately: a value goes into the SQL changed"):
        lately(NOW)


def test_a_value_that_is_not_used_is_refused() -> None:
    @kept
    def forgetful(at: datetime, who: UUID) -> QuerySet[Membership, tuple[int]]:
        return Membership.objects.filter(started_at__gt=at).values_list("pk")

    with pytest.raises(NotKept, match=r"arguments \[1\] do not reach the SQL"):
        forgetful(NOW, uuid4())


def test_names_are_refused() -> None:
    with pytest.raises(TypeError, match="asked by position"):
        named(ids=[], first=True)


def test_kept_or_not_the_answers_are_the_same() -> None:
    people = [working(f"p{number}", NOW + number * WEEK) for number in range(4)]
    ids = st.lists(st.sampled_from([one.pk for one in people]))

    @given(st.sampled_from(people), st.integers(-1, 4), st.none() | ids)
    def same(who: Account, weeks: int, also: list[UUID] | None) -> None:
        at = NOW + weeks * WEEK
        plain = held.__wrapped__(who, at, also)  # type: ignore[attr-defined]
        assert sorted(held(who, at, also)) == sorted(plain)

    same()
