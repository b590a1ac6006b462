"""What each part of a page is in plain words: what it holds, what is seen of it, and how a look at it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livingwell.consent.models import Did, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Words:
    """One part: what it holds, an example of what somebody sees, and how a look at it reads to the person."""

    holds: _StrPromise
    example: _StrPromise
    yours: _StrPromise
    theirs: _StrPromise


WORDS: Final = {
    Part.CONTACT: Words(
        gettext_lazy("Your name, date of birth, phone, e-mail and address, and how you like to be reached."),
        gettext_lazy("“Text me, after ten in the morning.”"),
        gettext_lazy("how to reach you"),
        gettext_lazy("how to reach them"),
    ),
    Part.STORY: Words(
        gettext_lazy("What you wrote about yourself, what you are good at, and how best to support you."),
        gettext_lazy("“I like a quiet room. I used to sing.”"),
        gettext_lazy("what matters to you"),
        gettext_lazy("what matters to them"),
    ),
    Part.PLAN: Words(
        gettext_lazy("What you would like to change, the steps you chose, and who walks with you."),
        gettext_lazy("“Next: go to the garden on Thursday, with Ama.”"),
        gettext_lazy("what you would like, and your steps"),
        gettext_lazy("what they would like, and their steps"),
    ),
    Part.CIRCLE: Words(
        gettext_lazy("The people who matter to you, who may be rung and who must not."),
        gettext_lazy("“My sister Jo. Ring her any time.”"),
        gettext_lazy("the people around you"),
        gettext_lazy("the people around them"),
    ),
    Part.CHECK_INS: Words(
        gettext_lazy("What you answered when you were asked how you are."),
        gettext_lazy("“A bit better than last week.”"),
        gettext_lazy("how you have been"),
        gettext_lazy("how they have been"),
    ),
    Part.CRISIS_CARD: Words(
        gettext_lazy("Early signs, what helps on a bad day, what does not, and who to ring."),
        gettext_lazy("“Sit with me. Do not touch me.”"),
        gettext_lazy("what helps you on a bad day"),
        gettext_lazy("what helps them on a bad day"),
    ),
    Part.MEDICATION: Words(
        gettext_lazy("The medicines you take, and what you want to ask about them."),
        gettext_lazy("“The evening tablet makes me slow.”"),
        gettext_lazy("your medicines"),
        gettext_lazy("their medicines"),
    ),
    Part.BUDGET: Words(
        gettext_lazy("Your personal health budget: what it is for, what was spent, what is left."),
        gettext_lazy("“Guitar lessons: £60 of £120 spent.”"),
        gettext_lazy("your budget"),
        gettext_lazy("their budget"),
    ),
    Part.CONSENTS: Words(
        gettext_lazy("Who sees what."),
        gettext_lazy("“Riverside Surgery, until Tuesday 3 March.”"),
        gettext_lazy("who can see what of your page"),
        gettext_lazy("who can see what of their page"),
    ),
}


def listed(words: Iterable[object]) -> str:
    """Joined as people do: "one, two and three"."""
    return get_text_list([str(word) for word in words], _("and"))


def did(what: Did, parts: Iterable[Part], *, own: bool) -> str:
    """What somebody did, without who: "looked at what matters to you and your medicines"."""
    named = listed(WORDS[part].yours if own else WORDS[part].theirs for part in parts)
    sentence = {
        Did.LOOKED: _("looked at %(parts)s"),
        Did.CHANGED: _("wrote in %(parts)s"),
        Did.PRINTED: _("printed %(parts)s"),
        Did.TOOK: _("took a copy of %(parts)s"),
    }[what]
    return sentence % {"parts": named}
