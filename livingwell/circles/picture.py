"""The circle as a picture: the person in the middle, three rings, and a label for each of the people around them.

Pure geometry, the same for the same circle. Rings are circles that grow taller, never wider, when many stand in them:
the picture fits a phone. Labels stand in the upper and lower half of their ring, in rows that follow its curve.
Lengths are in the picture's own units: about a pixel on a phone of 360.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from livingwell.circles.models import Close

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH: Final = 352.0
MIDDLE: Final = WIDTH / 2
DISC: Final = 32.0
"""The radius of the person's own disc."""
RADII: Final = {Close.INNER: 112.0, Close.MIDDLE: 142.0, Close.OUTER: 172.0}
MARGIN: Final = 4.0
GAP: Final = 6.0
WIDEST: Final = 92.0
SLOTS: Final = {1: (0.0,), 2: (-48.0, 48.0), 3: (-97.0, 0.0, 97.0)}
"""How far from the middle the labels of a row stand, by how many there are."""
SIZE: Final = 13.0
LINE: Final = 15.0
PAD: Final = 6.0
NAME_LINES: Final = 3
CAPTION: Final = (88.0, 22.0)
"""Room kept at the top of each ring for its name: width and height."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody to be drawn: what they are called, how close they are, and the word that marks them, if any."""

    called: str
    close: Close
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its box, its lines of text, and the lines of its mark below them."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    mark: tuple[str, ...]
    close: Close

    @property
    def centre(self) -> float:
        """The middle of the box, from the left."""
        return self.x + self.width / 2

    def baselines(self) -> Iterator[tuple[str, float]]:
        """Each line of text, and how far down it stands."""
        for number, line in enumerate((*self.lines, *self.mark)):
            yield line, self.y + PAD / 2 + LINE * number + 11.5

    @property
    def outline(self) -> str:
        """The corners of an eight-cornered sign around the box, for those who are marked."""
        left, top, right, low, cut = self.x, self.y, self.x + self.width, self.y + self.height, 7.0
        corners = (
            *((left + cut, top), (right - cut, top), (right, top + cut), (right, low - cut)),
            *((right - cut, low), (left + cut, low), (left, low - cut), (left, top + cut)),
        )
        return " ".join(f"{x:g},{y:g}" for x, y in corners)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring: how wide and tall it is to each side of the middle."""

    close: Close
    radius: float
    half: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn. The person is in the middle, at (`middle`, `centre`)."""

    height: float
    centre: float
    rings: tuple[Ring, ...]
    """The outermost first, as they are painted."""
    labels: tuple[Label, ...]
    name: tuple[str, ...]
    """What stands in the disc."""
    width: float = WIDTH
    middle: float = MIDDLE
    disc: float = DISC


@dataclass(frozen=True, slots=True)
class _Cut:
    """A label before it has a place: its text, and its size."""

    lines: tuple[str, ...]
    mark: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Put:
    """A box in the upper half of a ring: from the middle sideways, and from the top of the ring down."""

    aside: float
    down: float
    width: float
    height: float


def drawn(name: str, people: Sequence[Standing]) -> Picture:
    """The picture of a circle. No two labels overlap, and each stands in its ring."""
    within, half = DISC, DISC
    rings: list[Ring] = []
    places: list[tuple[Close, float, list[tuple[_Cut, _Put]], list[tuple[_Cut, _Put]]]] = []
    for close, radius in RADII.items():
        cut = [_cut(one) for one in people if one.close == close]
        above, need_above = _rows(cut[0::2], radius, within, captioned=True)
        below, need_below = _rows(cut[1::2], radius, within, captioned=False)
        half += max(radius - within, need_above, need_below)
        rings.append(Ring(close, radius, half))
        places.append((close, half, above, below))
        within = radius
    centre = half + MARGIN
    labels = [
        Label(
            x=MIDDLE + put.aside - cut.width / 2,
            y=centre - top + put.down if upper else centre + top - put.down - cut.height,
            width=cut.width,
            height=cut.height,
            lines=cut.lines,
            mark=cut.mark,
            close=close,
        )
        for close, top, above, below in places
        for upper, row in ((True, above), (False, below))
        for cut, put in row
    ]
    in_disc = wrapped(name, DISC * 2 - 14, 2)
    return Picture(2 * centre, centre, tuple(reversed(rings)), tuple(labels), in_disc)


def _cut(one: Standing) -> _Cut:
    lines = wrapped(one.called, WIDEST - 2 * PAD, NAME_LINES)
    mark = wrapped(one.mark, WIDEST - 2 * PAD, 2) if one.mark else ()
    width = max(measured(line) for line in (*lines, *mark)) + 2 * PAD
    return _Cut(lines, mark, min(WIDEST, max(width, 36.0)), LINE * len((*lines, *mark)) + PAD)


def _rows(
    cut: Sequence[_Cut], radius: float, within: float, *, captioned: bool
) -> tuple[list[tuple[_Cut, _Put]], float]:
    """Places for labels in one half of a ring, in as many columns as keep it thinnest; and how thick it gets."""
    columns = [count for count, slots in SLOTS.items() if slots[-1] + WIDEST / 2 < radius - GAP]
    tried = [_in_columns(cut, count, radius, within, captioned=captioned) for count in columns]
    return min(tried, key=lambda each: each[1])


def _in_columns(
    cut: Sequence[_Cut], columns: int, radius: float, within: float, *, captioned: bool
) -> tuple[list[tuple[_Cut, _Put]], float]:
    taken = [_Put(0.0, 0.0, *CAPTION)] if captioned else []
    placed: list[tuple[_Cut, _Put]] = []
    thick = CAPTION[1] if captioned else 0.0
    first = len(cut) % columns or columns
    starts = [0, *range(first, len(cut), columns)]
    for start, end in zip(starts, [*starts[1:], len(cut)], strict=True):
        row = cut[start:end]
        for one, aside in zip(row, SLOTS[max(len(row), 1)], strict=False):
            down = max(
                _curve(abs(aside) + one.width / 2, radius) + GAP,
                *(each.down + each.height + GAP for each in taken if _meet(each, aside, one.width)),
                0.0,
            )
            put = _Put(aside, down, one.width, one.height)
            taken.append(put)
            placed.append((one, put))
            nearest = max(0.0, abs(aside) - one.width / 2)
            thick = max(thick, down + one.height + GAP - _curve(nearest, within))
    return placed, thick


def _meet(put: _Put, aside: float, width: float) -> bool:
    return abs(put.aside - aside) < (put.width + width) / 2 + GAP


def _curve(aside: float, radius: float) -> float:
    """How far below its top a ring begins, so far from the middle."""
    return radius - math.sqrt(max(0.0, radius**2 - aside**2))


def wrapped(text: str, room: float, lines: int) -> tuple[str, ...]:
    """Text in at most so many lines, none wider than the room; what does not fit is left off, with an ellipsis."""
    rows = [""]
    pieces = list(_pieces(text, room)) or ["…"]
    for number, piece in enumerate(pieces):
        if measured((rows[-1] + piece).strip()) <= room:
            rows[-1] += piece
        elif len(rows) < lines:
            rows.append(piece)
        else:
            rows[-1] = _shortened("".join([rows[-1], *pieces[number:]]).strip(), room)
            break
    return tuple(row.strip() for row in rows if row.strip())


def _pieces(text: str, room: float) -> Iterator[str]:
    """Where text may be broken: between words, after hyphens, and, at last, within what is wider than the room."""
    for word in text.split():
        for number, part in enumerate(re.findall(r"[^-]*-+|[^-]+", word)):
            left = part if number else f" {part}"
            while measured(left.strip()) > room:
                kept = _fitting(left, room, "-")
                if not kept.strip():
                    break
                yield f"{kept}-"
                left = left[len(kept) :]
            yield left


def _shortened(text: str, room: float) -> str:
    return text if measured(text) <= room else f"{_fitting(text, room, '…').rstrip()}…"


def _fitting(text: str, room: float, end: str) -> str:
    """As many letters as fit together with an ending; none is parted from its accents."""
    kept = text
    while kept and measured(kept.strip() + end) > room:
        kept = kept[:-1]
        while kept and (unicodedata.combining(text[len(kept)]) or {kept[-1], text[len(kept)]} & JOINERS):
            kept = kept[:-1]
    return kept


JOINERS: Final = frozenset("\u200d\ufe0f")
EMS: Final = {
    letter: ems
    for ems, letters in (
        (0.30, " !',.:;ijl|‘’`"),
        (0.38, '"()-/[\\]frt{}'),
        (0.44, "*1I_“”vyxz"),
        (0.50, "?ckJ7s"),
        (0.58, "2357<>EFLTa^bdeghnopqu~"),
        (0.66, "$#+04689=ABKPRSVXYZ–"),
        (0.74, "&CDGHNOU…"),
        (0.86, "@MQWmw—"),
        (0.96, "%"),
    )
    for letter in letters
}
"""How wide letters are in our typeface, rounded up."""
JOINED: Final = 0.85
"""A letter of the scripts that are written from the right."""
ELSEWHERE: Final = 1.3
"""A letter of another script, or a picture: as wide as the widest that phones draw."""


def measured(text: str) -> float:
    """How wide text is at most in our typeface, without asking a browser: a little on the generous side."""
    return 1.03 * SIZE * sum(_ems(letter) for letter in unicodedata.normalize("NFKC", text))


def _ems(letter: str) -> float:
    category = unicodedata.category(letter)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    bare = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.bidirectional(letter) in {"AL", "R"}:
        return JOINED
    return EMS.get(letter) or EMS.get(bare) or ELSEWHERE
