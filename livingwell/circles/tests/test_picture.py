"""The picture of a circle: nobody's name stands over another's, whoever is in it."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livingwell.circles.models import Close
from livingwell.circles.picture import MIDDLE, WIDEST, Label, Picture, Standing, drawn, measured, wrapped

LONG = "Wolfeschlegelsteinhausenbergerdorff"
names = st.one_of(
    st.text(min_size=1, max_size=200).filter(lambda text: bool(text.strip())),
    st.text(alphabet="MWmwil .", min_size=1, max_size=60).filter(lambda text: bool(text.strip())),
    st.sampled_from(
        [
            "Jo",
            "Dad",
            "Mrs Adeyemi-Okonkwo next door",
            LONG,
            "شهرزاد",
            "李小龍",
            "👩‍👩‍👧‍👦 them all",
            "e\u0301" * 40,
        ]
    ),
)
people = st.lists(
    st.builds(
        Standing, names, st.sampled_from(Close), st.sampled_from(["", "don’t ring", "peidiwch â ffonio byth"])
    ),
    max_size=24,
)


def apart(one: Label, other: Label) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def corners(label: Label) -> list[tuple[float, float]]:
    return [(x, y) for x in (label.x, label.x + label.width) for y in (label.y, label.y + label.height)]


def inside(picture: Picture, close: Close, x: float, y: float) -> bool:
    """Whether a point is within a ring: a box with half circles above and below."""
    ring = next(ring for ring in picture.rings if ring.close == close)
    straight = ring.half - ring.radius
    beyond = max(0.0, abs(y - picture.centre) - straight)
    return math.hypot(x - MIDDLE, beyond) <= ring.radius + 1e-6


@settings(max_examples=200, deadline=None)
@given(people)
@example([Standing(LONG, close, "don’t ring") for close in Close for _number in range(8)])
@example([Standing("Mmmmmm Wwwwww", Close.INNER)] * 24)
@example([Standing("Jo", Close.OUTER)] * 24)
def test_no_two_labels_overlap_and_each_stands_in_its_ring(around: list[Standing]) -> None:
    picture = drawn("Pat", around)
    assert len(picture.labels) == len(around)
    for one, other in itertools.combinations(picture.labels, 2):
        assert apart(one, other)
    order = list(Close)
    captions = [
        Label(MIDDLE - 44, picture.centre - ring.half, 88, 20, (), (), ring.close) for ring in picture.rings
    ]
    assert all(apart(label, caption) for label in picture.labels for caption in captions)
    for label in picture.labels:
        assert all(inside(picture, label.close, x, y) for x, y in corners(label))
        nearer = order.index(label.close) - 1
        if nearer >= 0:
            middle = [(label.centre, y) for y in (label.y, label.y + label.height)]
            assert not any(inside(picture, order[nearer], x, y) for x, y in [*corners(label), *middle])
        assert (
            math.hypot(
                max(0.0, abs(label.centre - MIDDLE) - label.width / 2),
                min(abs(label.y - picture.centre), abs(label.y + label.height - picture.centre)),
            )
            > picture.disc
        )
        assert label.x >= 0
        assert label.x + label.width <= picture.width
        assert label.y >= 0
        assert label.y + label.height <= picture.height


@settings(max_examples=300, deadline=None)
@given(names)
def test_text_is_wrapped_into_its_room_and_what_is_left_off_is_shown(name: str) -> None:
    lines = wrapped(name, WIDEST - 12, 3)
    assert 1 <= len(lines) <= 3
    assert all(line and measured(line) <= WIDEST - 12 for line in lines)
    if "…" not in "".join(lines):
        assert "".join("".join(lines).replace("-", "").split()) == "".join(name.replace("-", "").split())


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Jo", ("Jo",)),
        ("Mrs Adeyemi next door", ("Mrs", "Adeyemi", "next door")),
        ("Mrs Adeyemi-Okonkwo", ("Mrs", "Adeyemi-", "Okonkwo")),
        (LONG, ("Wolfeschle-", "gelsteinhau-", "senberger…")),
        ("e\u0301" * 40, ("e\u0301" * 9 + "-", "e\u0301" * 9 + "-", "e\u0301" * 8 + "…")),
    ],
)
def test_names_are_wrapped_before_they_are_shortened(name: str, lines: tuple[str, ...]) -> None:
    assert wrapped(name, 80, 3) == lines


def test_with_few_people_the_rings_are_round() -> None:
    picture = drawn("Pat", [Standing("Dee", Close.INNER), Standing("Ama", Close.OUTER)])
    outer, middle, _inner = picture.rings
    assert middle.half - middle.radius < 12
    assert outer.half - outer.radius < 36


def test_the_same_circle_gives_the_same_picture() -> None:
    around = [Standing(name, close) for close in Close for name in ("Dee", "Ama", "Tom")]
    assert drawn("Pat", around) == drawn("Pat", around)
