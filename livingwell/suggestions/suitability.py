"""Whom a service is for, so that nobody is offered a group they could not join. Never who is worth helping."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from livingwell.suggestions.choosing import Candidate

ONLY_FOR = frozenset(
    {
        "adhd",
        "after-caring",
        "alcohol",
        "autism",
        "baby-loss",
        "bereavement",
        "black-communities",
        "brain-injury",
        "breathing",
        "cancer",
        "cannabis",
        "care-leaver",
        "caring-for-someone",
        "caring-mental-health",
        "crime-victim",
        "deaf",
        "diabetes",
        "domestic-abuse",
        "drugs",
        "east-asian",
        "eastern-european",
        "eating-difficulties",
        "elder-abuse",
        "end-of-life",
        "epilepsy",
        "exploitation",
        "gambling",
        "hate-crime",
        "hearing-loss",
        "hearing-voices",
        "heart",
        "hiv",
        "hoarding",
        "immigration",
        "kinship-care",
        "latin-american",
        "learning-disability",
        "learning-english",
        "lgbtq",
        "long-term-condition",
        "memory",
        "men",
        "menopause",
        "middle-eastern",
        "mood-swings",
        "multiple-sclerosis",
        "older-people",
        "parenting",
        "parkinsons",
        "past-abuse",
        "pet-loss",
        "portuguese-speaking",
        "postnatal",
        "pregnancy",
        "prison",
        "prison-family",
        "recovery",
        "refugee",
        "self-harm",
        "sex-work",
        "sexual-violence",
        "sight-loss",
        "single-parent",
        "smoking",
        "somali",
        "someone-elses-drinking",
        "south-asian",
        "special-needs",
        "stroke",
        "students",
        "suicidal-thoughts",
        "travellers",
        "veterans",
        "women",
        "young-carer",
        "young-mind",
        "young-people",
        "youth-violence",
    }
)
"""Themes that name people by what they are or live with: a service for them is for those whose story names it."""
BY_NATURE = frozenset(
    {
        "black-communities",
        "care-leaver",
        "deaf",
        "east-asian",
        "eastern-european",
        "latin-american",
        "lgbtq",
        "men",
        "middle-eastern",
        "older-people",
        "portuguese-speaking",
        "refugee",
        "somali",
        "south-asian",
        "students",
        "travellers",
        "veterans",
        "women",
        "young-people",
    }
)
"""Those of them that a person is or is not: they are never concluded from what would help with something else."""
MUST_BE_NAMED = frozenset({"baby-loss", "pet-loss"})
"""Those that would hurt if offered to somebody who has lost somebody else."""
OLDER_FROM = 60
YOUNGER_TO = 25
PERHAPS = 0.15
"""What a service for a group is worth to somebody who has not said whether they belong to it."""
NOT_YEARS = r"(?!\s*(?:%|pounds|minutes|hours|days|weeks|months|miles|stone|kg|p\b|am\b|pm\b))"
AGE = re.compile(
    rf"\b(?:(?:i am|i'm|im|aged?|she is|he is|they are|she's|he's|and)\s+(\d{{2}})\b{NOT_YEARS}"
    r"|(\d{2})[\s-]*(?:year|yr)s?[\s-]*old\b)",
    re.IGNORECASE,
)
SHE = re.compile(r"\b(?:she|her)\b", re.IGNORECASE)
HE = re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE)
I_AM_SHE = re.compile(
    r"\bi(?:'m| am) (?:a |an )?(?:\w+ )?(?:woman|mum|mother|girl|grandmother|nan)\b", re.IGNORECASE
)
I_AM_HE = re.compile(
    r"\bi(?:'m| am) (?:a |an )?(?:\w+ )?(?:man|dad|father|bloke|lad|grandad)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|my|me)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """What a story says of the person outright: their age in years, and the groups they count themselves to."""

    age: int | None
    groups: frozenset[str]


def read(story: str, themes: Iterable[str], near: Iterable[str] = ()) -> Who:
    """Take from a story an age and groups that it states; what it does not state stays open.

    `themes`: those found in it. `near`: those that help with them: a group about drugs is for who speaks of weed.
    """
    story = story.replace("’", "'")
    groups = (set(themes) & ONLY_FOR) | (set(near) & ONLY_FOR - BY_NATURE)
    ages = [int(first or second) for first, second in AGE.findall(story)]
    age = ages[0] if ages else None
    if age is not None and age >= OLDER_FROM:
        groups.add("older-people")
    if age is not None and age <= YOUNGER_TO:
        groups.add("young-people")
    gender = _gender(story)
    if gender:
        groups.add(gender)
    return Who(age, frozenset(groups))


def _gender(story: str) -> str | None:
    """Where a story is told of somebody (she, he), or the person says it of themself."""
    if FIRST_PERSON.search(story):
        return "women" if I_AM_SHE.search(story) else "men" if I_AM_HE.search(story) else None
    she_count, he_count = len(SHE.findall(story)), len(HE.findall(story))
    if she_count == he_count:
        return None
    return "women" if she_count > he_count else "men"


def fit(candidate: Candidate, who: Who) -> float:
    """Whether this person could walk in: 1 yes, 0 no, between the two where the story does not say."""
    if who.age is not None:
        if candidate.minimum_age is not None and who.age < candidate.minimum_age:
            return 0
        if candidate.maximum_age is not None and who.age > candidate.maximum_age:
            return 0
    if candidate.themes & MUST_BE_NAMED - who.groups:
        return 0
    meant_for = candidate.themes & ONLY_FOR
    if not meant_for:
        return 1
    if meant_for & _not(who) and not meant_for & who.groups:
        return 0
    return max(PERHAPS, sqrt(len(meant_for & who.groups) / len(meant_for)))


def _not(who: Who) -> set[str]:
    """The groups that the story rules out."""
    out = set()
    if "men" in who.groups:
        out.add("women")
    if "women" in who.groups:
        out.add("men")
    if who.age is not None and who.age < OLDER_FROM - 10:
        out.add("older-people")
    if who.age is not None and who.age > YOUNGER_TO + 5:
        out.add("young-people")
    return out
