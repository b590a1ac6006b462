"""How people in distress spell: short forms, letters left out, changed over, doubled or not doubled.

Used by the danger rules only, where it is better to read one word too many than one too few.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))
_STRETCHED = re.compile(r"(\w)\1{2,}")
_DOUBLED = re.compile(r"(\w)\1")
# One slip away from a weighty word, yet words of their own.
_ORDINARY = frozenset(
    {"beach", "being", "mediation", "sacred", "scare", "tables", "through", "violet", "writs"}
)


def plain(word: str, spellings: Mapping[str, str]) -> str:
    """A word as the rules write it: small letters, no accents, short forms and known misspellings in full."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
        word = "".join(letter for letter in decomposed if letter.isalnum() or letter in "'*")
    word = word.lower()
    known = spellings.get(word)
    if known is not None:
        return known
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
        if word in spellings:
            return spellings[word]
    if _STRETCHED.search(word):
        word = _STRETCHED.sub(r"\1", word)
        return spellings.get(word, word)
    return word


def slips(known: Iterable[str], weighty: Iterable[str]) -> dict[str, str]:
    """Likely misspellings of the words the rules know, each with the word that is meant.

    For any known word such as "jumpin" and "cuting"; for weighty ones also one letter lost, doubled,
    or changed over with the next.
    """
    words = set(known) | set(weighty)
    found: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= 6 and word.endswith("ing"):
            found.setdefault(word[:-1], word)
        if len(word) >= 6 and _DOUBLED.search(word):
            found.setdefault(_DOUBLED.sub(r"\1", word), word)
    for word in sorted(weighty):
        for at in range(1, len(word)):
            found.setdefault(word[:at] + word[at + 1 :], word)
            found.setdefault(word[:at] + word[at] + word[at:], word)
            if at + 1 < len(word):
                found.setdefault(word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)
    return {slip: word for slip, word in found.items() if slip not in words and slip not in _ORDINARY}
