"""Ways in for people who have no words for it today: a few themes, said as people say them, to press."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class WayIn:
    """One theme of the vocabulary, by its slug, in the words on the front page."""

    slug: str
    words: str | Promise


LIKED: Sequence[WayIn] = (
    WayIn("coffee-and-chat", _("A cup of tea and a chat")),
    WayIn("singing", _("Singing")),
    WayIn("walking", _("Walking")),
    WayIn("gardening", _("Growing things")),
    WayIn("cooking", _("Cooking")),
    WayIn("repair", _("Mending things")),
)
HARD: Sequence[WayIn] = (
    WayIn("loneliness", _("I’m on my own a lot")),
    WayIn("food-today", _("There’s no food in")),
    WayIn("debt", _("I owe money")),
    WayIn("home-at-risk", _("I may lose my home")),
    WayIn("bereavement", _("Somebody has died")),
    WayIn("caring-for-someone", _("I look after someone")),
)
