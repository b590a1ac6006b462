from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from livingwell.suggestions import choosing, wishes
from livingwell.suggestions.choosing import CLINICAL, Candidate, Choice
from livingwell.suggestions.wishes import Wish
from livingwell.themes.story import Stance
from livingwell.themes.vocabulary import Theme

TODAY = date(2026, 11, 22)


def theme(slug: str, level: int = 3, kind: str = "need", helped_by: tuple[str, ...] = ()) -> Theme:
    return Theme(slug, slug.capitalize(), kind, level, "Group", (slug,), (), helped_by, (), None, {})


def wish(slug: str, *answers: str, stance: Stance = Stance.WANTED, level: int = 3) -> Wish:
    return Wish(theme(slug, level), stance, slug, 1.0, {slug: 1.0, **dict.fromkeys(answers, 0.8)})


def candidate(number: int, *themes: str, kind: str = "group", km: float | None = 1.0) -> Candidate:
    return Candidate(number, UUID(int=number), UUID(int=1000 + number), kind, frozenset(themes), km, None)


def choose(wanted: list[Wish], candidates: Iterable[Candidate], limit: int = 10) -> list[Choice]:
    return choosing.choose(wanted, [(each, 1.0) for each in candidates], limit=limit, on=TODAY)


def numbers(choices: list[Choice]) -> list[int]:
    return [choice.candidate.listing for choice in choices]


def test_every_wish_is_answered_before_one_is_answered_twice() -> None:
    choirs = [candidate(number, "singing") for number in range(5)]
    chosen = choose([wish("singing"), wish("debt")], [*choirs, candidate(9, "debt", km=7.0)], limit=2)

    assert 9 in numbers(chosen)


def test_what_answers_a_basic_need_comes_first() -> None:
    hungry = wish("food-today", stance=Stance.HARD, level=1)

    chosen = choose(
        [wish("singing"), hungry], [candidate(1, "singing", km=0.1), candidate(2, "food-today", km=6)]
    )

    assert numbers(chosen) == [2, 1]


def test_there_are_three_kinds_where_three_exist() -> None:
    groups = [candidate(number, "walking", f"other-{number}") for number in range(8)]
    others = [candidate(20, "walking", kind="line", km=None), candidate(21, "walking", kind="place", km=7.9)]

    chosen = choose([wish("walking")], [*groups, *others], limit=4)

    assert {choice.candidate.kind for choice in chosen} == {"group", "line", "place"}


def test_clinical_help_is_not_the_only_thing_offered() -> None:
    clinical = [candidate(number, "talking-therapy", kind="service", km=0.1) for number in range(5)]
    friendly = candidate(9, "walking", km=7.0)
    low = wish("low-mood", "talking-therapy", "walking")

    for limit in (1, 2, 3):
        chosen = choose([low], [*clinical, friendly], limit=limit)
        assert not all(choice.candidate.clinical for choice in chosen), limit


def test_clinical_help_is_not_hidden() -> None:
    friendly = [
        candidate(number, "walking", kind=kind, km=0.1)
        for number, kind in enumerate("group place line hours".split())
    ]
    therapy = candidate(9, "talking-therapy", kind="service", km=7.9)
    low = wish("low-mood", "walking", "talking-therapy")

    chosen = choose([low], [*friendly, therapy], limit=3)

    assert 9 in numbers(chosen)


def test_the_nearer_of_two_alike_is_offered() -> None:
    chosen = choose(
        [wish("singing")], [candidate(1, "singing", km=6.0), candidate(2, "singing", km=0.5)], limit=1
    )

    assert numbers(chosen) == [2]


def test_the_newly_confirmed_of_two_alike_is_offered() -> None:
    stale = Candidate(
        1, UUID(int=1), UUID(int=1), "group", frozenset({"singing"}), 1.0, TODAY - timedelta(days=900)
    )
    fresh = Candidate(2, UUID(int=2), UUID(int=2), "group", frozenset({"singing"}), 1.0, TODAY)

    assert numbers(choose([wish("singing")], [stale, fresh], limit=1)) == [2]


def test_what_does_not_fit_the_person_is_never_offered() -> None:
    chosen = choosing.choose([wish("singing")], [(candidate(1, "singing"), 0.0)], limit=5, on=TODAY)

    assert chosen == []


slugs = st.sampled_from(["singing", "debt", "walking", "talking-therapy", "food-today", "gp"])
some_wishes = st.lists(
    st.builds(wish, slugs, slugs, stance=st.sampled_from(list(Stance)), level=st.integers(1, 5)), max_size=6
)
some_candidates = st.lists(
    st.tuples(
        st.lists(slugs, max_size=4),
        st.sampled_from(["group", "line", "service"]),
        st.one_of(st.none(), st.floats(0, 8)),
    ),
    max_size=25,
)


@given(some_wishes, some_candidates, st.integers(1, 12))
def test_whatever_is_asked_the_answer_keeps_its_promises(
    wanted: list[Wish], described: list[tuple[list[str], str, float | None]], limit: int
) -> None:
    pool = [
        candidate(number, *themes, kind=kind, km=km) for number, (themes, kind, km) in enumerate(described)
    ]
    chosen = choose(wanted, pool, limit)
    useful = [each for each in pool if any(each.themes & one.answers.keys() for one in wanted)]

    assert len(chosen) == min(limit, len(useful))
    assert len(set(numbers(chosen))) == len(chosen)
    assert all(choice.matches for choice in chosen)
    kinds = {each.kind for each in useful}
    assert len({choice.candidate.kind for choice in chosen}) >= min(3, len(kinds), limit) - int(
        bool(CLINICAL)
    )
    if any(not each.clinical for each in useful) and chosen:
        assert not all(choice.candidate.clinical for choice in chosen)
    assert choose(wanted, list(reversed(pool)), limit) == choose(wanted, list(reversed(pool)), limit)


def test_an_offer_leads_to_the_time_bank() -> None:
    words = {slug: theme(slug) for slug in ("time-bank", "volunteering", "offer-cooking", "cooking")}

    class Words:
        themes = words

    made = wishes._wish(theme("offer-cooking", kind="offer"), Stance.OFFERED, "can cook", Words)  # type: ignore[arg-type]

    assert {"time-bank", "volunteering"} <= made.answers.keys()


def test_of_equal_matches_the_order_is_always_the_same() -> None:
    slugs = ["walking", "singing", "debt", "dogs", "yoga", "bowls", "boats", "film"]

    (choice,) = choose([wish(slug) for slug in slugs], [candidate(1, *slugs)])

    assert choice.themes == tuple(sorted(slugs))
