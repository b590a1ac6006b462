"""What a story asks for: each thing found in it, and which themes of services would answer it, best first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from livingwell.themes.story import Found, Stance
from livingwell.themes.vocabulary import Theme, Vocabulary

ITSELF = 1.0
HELPED_BY = (0.73, 0.65, 0.59, 0.54, 0.48, 0.44, 0.39, 0.34)
BROADER = 0.4
HARD_BY_LEVEL = {1: 1.8, 2: 1.5, 3: 1.4, 4: 1.3, 5: 1.2}
BY_STANCE = {Stance.WANTED: 1.3, Stance.LOVED: 1.0, Stance.OFFERED: 1.1}
SOMEBODY_ELSE = 0.8
START_HERE = (
    "link-worker",
    "coffee-and-chat",
    "general-advice",
    "library",
    "phone-support",
    "volunteering",
    "self-help",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing a story asks for.

    `because` is the person's own words, empty for a theme they `picked` from a list. `answers` maps the slug of a
    theme that a service may have to how well it answers, from 0 to 1. `weight` says how much room the wish has among
    the others, never how much a person counts.
    """

    theme: Theme
    stance: Stance
    because: str
    weight: float
    answers: Mapping[str, float]
    picked: bool = False

    @property
    def basic(self) -> int:
        """1 or 2 for something hard about body or safety, the order in which it comes first; else 3."""
        return self.theme.level if self.stance is Stance.HARD and self.theme.level <= 2 else 3


def from_story(found: Iterable[Found], vocabulary: Vocabulary) -> list[Wish]:
    """A wish for each theme found in a story."""
    return [
        _wish(
            item.theme,
            item.stance,
            item.because,
            vocabulary,
            factor=SOMEBODY_ELSE if item.other else 1.0,
        )
        for item in found
    ]


def from_themes(slugs: Iterable[str], vocabulary: Vocabulary) -> list[Wish]:
    """A wish for each theme that a person picked; slugs that are not in the vocabulary are passed over."""
    return [
        replace(_wish(vocabulary.themes[slug], Stance.WANTED, "", vocabulary), picked=True)
        for slug in dict.fromkeys(slugs)
        if slug in vocabulary.themes
    ]


def for_anyone(vocabulary: Vocabulary) -> list[Wish]:
    """Where to start when nothing in a story was understood: a human, a cup of tea, a library."""
    return [
        Wish(vocabulary.themes[slug], Stance.WANTED, "", 1.0, {slug: ITSELF})
        for slug in START_HERE
        if slug in vocabulary.themes
    ]


def _wish(theme: Theme, stance: Stance, because: str, vocabulary: Vocabulary, factor: float = 1.0) -> Wish:
    answers = {theme.slug: ITSELF}
    for slug, strength in zip(theme.helped_by, HELPED_BY, strict=False):
        answers.setdefault(slug, strength)
    if theme.broader:
        answers.setdefault(theme.broader, BROADER)
    if stance is Stance.OFFERED:
        for slug in ("time-bank", "volunteering"):
            if slug in vocabulary.themes:
                answers[slug] = max(answers.get(slug, 0), HELPED_BY[0])
    weight = HARD_BY_LEVEL[theme.level] if stance is Stance.HARD else BY_STANCE[stance]
    return Wish(theme, stance, because, weight * factor, answers)
