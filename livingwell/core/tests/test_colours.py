"""Words must be readable in daylight and at night: every pair of colours that meet is measured."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "frontend" / "_tokens.scss"
TEXT = 4.5
SHAPE = 3.0
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "cloth", TEXT),
    ("ink", "marigold-wash", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "card", TEXT),
    ("quiet", "cloth", TEXT),
    ("pine", "paper", TEXT),
    ("pine", "card", TEXT),
    ("pine", "cloth", TEXT),
    ("pine-deep", "paper", TEXT),
    ("on-pine", "pine", TEXT),
    ("on-pine", "pine-deep", TEXT),
    ("on-clay", "clay", TEXT),
    ("moss-ink", "moss", TEXT),
    ("sky-ink", "sky", TEXT),
    ("beet", "paper", TEXT),
    ("beet", "card", TEXT),
    ("visited", "paper", TEXT),
    ("visited", "card", TEXT),
    ("focus-ink", "marigold", TEXT),
    ("field", "card", SHAPE),
    ("field", "paper", SHAPE),
    ("clay-line", "card", SHAPE),
)


def _colours(*, night: bool) -> dict[str, str]:
    day, dark = re.split(r"@media[^{]*dark", TOKENS.read_text())
    found = dict(re.findall(r"--([\w-]+): #(\w+);", day))
    return found | dict(re.findall(r"--([\w-]+): #(\w+);", dark)) if night else found


def _luminance(colour: str) -> float:
    colour = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_is_written_stands_out_from_its_ground(
    front: str, ground: str, least: float, *, night: bool
) -> None:
    colours = _colours(night=night)
    darker, lighter = sorted((_luminance(colours[front]), _luminance(colours[ground])))

    assert (lighter + 0.05) / (darker + 0.05) >= least
