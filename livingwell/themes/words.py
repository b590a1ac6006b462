"""Words as people write them, folded so that the same thing said in two ways looks the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ACCENTS: Final = "\u0300-\u036f"  # written apart from their letters
WORD: Final = re.compile(rf"[^\W_]+(?:[{ACCENTS}'’‘ʼ`´]+[^\W_]+)*[{ACCENTS}]*")
APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
PAUSES: Final = re.compile(r'[,:()\[\]\n–—"“”„‟«»/]| - ')
LONGEST: Final = 32  # a longer word is no word: it is kept as it stands and looked up nowhere

# How much of a stop there is before a word.
NONE, PAUSE, CLAUSE, SENTENCE = 0, 1, 2, 3

# Said with or without the apostrophe; the other contractions need theirs ("ill" is not "I'll").
CONTRACTIONS: Final = {
    "cannot": "can not", "cant": "can not", "carnt": "can not", "wont": "will not", "shant": "shall not",
    "dont": "do not", "dnt": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not",
    "arent": "are not", "aint": "is not", "wasnt": "was not", "werent": "were not", "havent": "have not",
    "hasnt": "has not", "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not",
    "shouldnt": "should not", "im": "i am", "ive": "i have", "hes": "he is", "shes": "she is",
    "theyre": "they are", "theyve": "they have", "youre": "you are", "youve": "you have", "weve": "we have",
    "theres": "there is", "thats": "that is", "whats": "what is", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "cos": "because", "cuz": "because", "coz": "because", "anymore": "any more",
    "alot": "a lot", "noone": "no one", "u": "you", "ur": "your", "n": "and", "ppl": "people",
    "bcos": "because", "bf": "boyfriend", "gf": "girlfriend", "wot": "what", "wiv": "with", "plz": "please",
}  # fmt: skip
ENDINGS: Final = {"'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
# After these an 's means "is"; after any other word it says whose.
IS: Final = frozenset([
    "he", "she", "it", "that", "there", "what", "who", "where", "here", "how", "everything", "nothing",
])  # fmt: skip

# First-person phrases also fit a story told about somebody: "kicked out of her flat".
PERSONS: Final = {
    "he": ("i",), "she": ("i",), "they": ("i",), "we": ("i",),
    "his": ("my",), "their": ("my",), "our": ("my",), "her": ("my", "me"),
    "him": ("me",), "them": ("me",), "us": ("me",),
    "himself": ("myself",), "herself": ("myself",), "themselves": ("myself",), "themself": ("myself",),
    "ourselves": ("myself",),
}  # fmt: skip

IRREGULAR: Final = {
    form: root
    for root, forms in {
        "be": "am is are was were been being", "have": "has had having", "do": "does did done doing",
        "go": "goes went gone going", "die": "dies died dying", "lie": "lies lied lying", "tie": "tied tying",
        "sing": "sang sung", "run": "ran", "swim": "swam swum", "write": "wrote written writing",
        "drink": "drank drunk", "sleep": "slept", "eat": "ate eaten", "lose": "lost losing loses",
        "feel": "felt", "draw": "drew drawn", "ride": "rode ridden", "teach": "taught", "sew": "sewn",
        "keep": "kept", "fall": "fell fallen", "pay": "paid", "get": "got gotten getting",
        "give": "gave given",
        "grow": "grew grown", "drive": "drove driven", "child": "children", "woman": "women", "man": "men",
        "foot": "feet", "tooth": "teeth", "wife": "wives", "knife": "knives", "life": "lives", "make": "made",
        "hear": "heard", "build": "built", "think": "thought", "know": "knew known", "take": "took taken",
        "hit": "hits hitting", "beat": "beaten", "bite": "bit bitten", "shake": "shook shaken",
        "speak": "spoke spoken", "meet": "met", "fight": "fought", "catch": "caught", "break": "broke broken",
        "come": "came", "say": "said", "see": "saw seen", "spend": "spent", "steal": "stole stolen",
        "news": "news", "always": "always", "bus": "buses", "evening": "evening", "morning": "morning",
    }.items()
    for form in forms.split()
}  # fmt: skip
DOUBLED: Final = re.compile(r"(bb|dd|ff|gg|mm|nn|pp|rr|tt)$")
SHORT: Final = re.compile(r"(?:^|[^aeiouy])(?:[aeiouy][^aeiouywx]|^[aeiouy][^aeiouy])$")
VOWEL: Final = re.compile(r"[aeiouy]")
VOWELS: Final = re.compile(r"[aeiouy]+")


class Token(NamedTuple):
    """One word of a story: how it was said, how it compares, where it stands, the stop before it."""

    word: str
    forms: tuple[str, ...]  # the word, and the first-person word in its place
    keys: tuple[str, ...]  # the same, without endings
    start: int
    end: int
    stop: int


class Form(NamedTuple):
    """One word apart from any place in a story."""

    word: str
    forms: tuple[str, ...]
    keys: tuple[str, ...]


def tokens(text: str, forms_of: Callable[[str, bool], tuple[Form, ...]] | None = None) -> list[Token]:
    """The words of a text in order; a contraction gives two words at one place."""
    look = forms_of or _as_written
    found: list[Token] = []
    last, stop = 0, SENTENCE
    for match in WORD.finditer(text):
        start, end = match.span()
        surface = match[0]
        if last:
            gap = text[last:start]
            stop = NONE if gap == " " else _stop(gap, text, last, start)
        # A capital within a sentence is a name, which nobody puts right.
        name = stop < SENTENCE and surface[0].isupper() and not surface.isupper()
        for word, said, keys in look(surface, name) if end - start <= LONGEST else _as_it_is(surface):
            found.append(Token(word, said, keys, start, end, stop))
            stop = NONE
        last = end
    return found


def _stop(gap: str, text: str, last: int, start: int) -> int:
    """How much of a stop is written between two words; 3.5 and e.g. hold none."""
    if "." in gap or "!" in gap or "?" in gap or "…" in gap:
        tight = gap == "." and (text[start].isdigit() or last == 1 or not text[last - 2].isalnum())
        return NONE if tight else SENTENCE
    if ("\n" in gap and (gap.count("\n") > 1 or gap.strip())) or "•" in gap:
        return SENTENCE
    if ";" in gap:
        return CLAUSE
    return PAUSE if PAUSES.search(gap) else NONE


def _as_written(surface: str, _name: bool) -> tuple[Form, ...]:
    return forms(surface)


def _as_it_is(surface: str) -> tuple[Form, ...]:
    return (Form(surface, (surface,), (surface,)),)


@lru_cache(maxsize=20_000)
def forms(surface: str) -> tuple[Form, ...]:
    """What one written word stands for: one word, or two for a contraction."""
    found = []
    for word in _written_out(fold(surface)).split():
        same = (word, *PERSONS.get(word, ()))
        found.append(Form(word, same, tuple(dict.fromkeys(stem(each) for each in same))))
    return tuple(found)


def fold(surface: str) -> str:
    """Lower case, without accents, with straight apostrophes."""
    if surface.isascii():
        return surface.lower()
    spread = unicodedata.normalize("NFKD", surface.translate(APOSTROPHES))
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).lower()


def _written_out(word: str) -> str:
    """A contraction in full, and a word without its apostrophe."""
    bare = word.replace("'", "")
    if bare in CONTRACTIONS:
        return CONTRACTIONS[bare]
    for ending, full in ENDINGS.items():
        if word.endswith(ending):
            return word[: -len(ending)].replace("'", "") + full
    if word.endswith("'s"):
        start = word[:-2].replace("'", "")
        return f"{start} is" if start in IS else start
    return bare


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its -s, -ed or -ing: walks, walked and walking are all walk."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y" if len(word) > 4 else word[:-1]
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if len(VOWELS.findall(word)) > 1 else word
    elif word.endswith(("ed", "ing")):
        word = _without(word, 2 if word.endswith("ed") else 3)
    return _without_final_e(word)


def _without(word: str, ending: int) -> str:
    base = word[:-ending]
    if not VOWEL.search(base):
        return word
    if DOUBLED.search(base) or (base.endswith("ll") and len(VOWELS.findall(base)) > 1):
        return base[:-1]
    if SHORT.search(base) and len(VOWELS.findall(base)) == 1:
        return base + "e"
    return base


def _without_final_e(word: str) -> str:
    """dance and dancing are both danc; care stays apart from car."""
    if len(word) < 4 or not word.endswith("e"):
        return word
    base = word[:-1]
    count = len(VOWELS.findall(base))
    return base if count > 1 or (count == 1 and not SHORT.search(base) and base[-1] not in "aeiouy") else word
