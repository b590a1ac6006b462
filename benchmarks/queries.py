"""Four hundred searches as people make them, put together by chance and always the same."""

import random
from dataclasses import dataclass, replace
from datetime import time

HOW_MANY = 400
MISSPELT = 0.10
WITHIN_KM = 5.0
TUESDAY = 1
EVENING = time(17)
SPOTS = ((51.4626, -0.1145), (51.5309, -0.1233), (51.5136, -0.0698), (51.4927, 0.0648), (51.5560, -0.2796))
AROUND = ("group", "club", "help", "advice", "beginners", "café")
KINDS = ("group", "service", "place")  # those that the synthetic directory has


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words as meant and as typed, and what else is asked for."""

    meant: str
    typed: str
    theme: str = ""
    kind: str = ""
    spot: tuple[float, float] | None = None
    evening: bool = False

    @property
    def words(self) -> int:
        return len(self.meant.split())


def mixed(seed: int = 2013) -> list[Query]:
    """One to five words of what organizations offer, one in ten misspelt; a quarter with a category, near half
    within 5 km, an eighth open on Tuesday evening.
    """
    from livingwell.themes.vocabulary import vocabulary

    dice = random.Random(seed)
    themes = [theme for theme in vocabulary().themes.values() if theme.services and theme.kind != "offer"]
    found = []
    for number in range(HOW_MANY):
        theme = dice.choice(themes)
        words = dice.choice(theme.services).split()
        if dice.random() < 0.3:
            words.append(dice.choice(AROUND))
        if dice.random() < 0.3:
            words += dice.choice(dice.choice(themes).services).split()
        meant = " ".join(words[:5])
        asked = Query(meant, meant)
        if number % 10 == 0:
            asked = replace(asked, typed=misspelt(meant, dice))
        chance = dice.random()
        if chance < 0.15:
            asked = replace(asked, theme=theme.slug)
        elif chance < 0.25:
            asked = replace(asked, kind=dice.choice(KINDS))
        if dice.random() < 0.45:
            asked = replace(asked, spot=dice.choice(SPOTS))
        if dice.random() < 0.125:
            asked = replace(asked, evening=True)
        found.append(asked)
    return found


def misspelt(text: str, dice: random.Random) -> str:
    """One slip in the longest word: a letter left out, doubled, swapped with the next, or another in its place."""
    words = text.split()
    at = max(range(len(words)), key=lambda each: len(words[each]))
    word = words[at]
    if len(word) < 5:
        return text
    place = dice.randrange(1, len(word) - 1)
    slip = dice.randrange(4)
    words[at] = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + dice.choice("aeiourstln") + word[place + 1 :],
    )[slip]
    return " ".join(words)
