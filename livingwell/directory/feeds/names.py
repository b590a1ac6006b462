"""Names that somebody typed in CAPITALS, made quieter to read."""

from __future__ import annotations

import re
from typing import Final

from livingwell.directory.feeds.clean import AsWritten, Note, line

CAPITALS: Final = "names all in capitals"
_SMALL: Final = """
    a an and as at by for from in into of on or the to with via
"""
SMALL: Final = frozenset(_SMALL.split())
_ORDINARY: Final = """
    able acts aged aid aids all army art arts baby back band bank bar bay big blue boys bus call camp care cars
    case cats city club co corp cook dads day days deaf desk diet dogs door drop dry east eat elm end eye
    fair farm fire fish fit food foot free full fun game girl girls gold good gray grow gym hall hand hard
    harm head health heal hear help her here high hill his hold holy home hope host hot hour hub inc ill
    jail job jobs join joy just keys kids king lake lane law lead leap left legs legal life line link live
    long lost love low lung made mail main male man map mary meal meals med men mens miami mile mind mom
    moms more move new next news nine no non north not now oak off old one open our out over own park part
    peer pets pine plan play plus pool poor post rain read real red rent rest ride rise road rock room rose run
    safe sea self sex she side site six ski sky soup spa stay step stop sun support take talk tax tea team teen
    tel ten test time town toy tree two unit up use vet vets view visit vote walk way we week well west wide
    wife wild wind wing with wood word work yard year yes you your youth zone zoo son sons st dr mr mrs ms
    mt jr sr ave blvd san santa saint el la las los del key ltd down deep dade camp adult early child
"""
ORDINARY: Final = frozenset(_ORDINARY.split())
_KNOWN: Final = """
    AA AARP ADHD ADL AIDS ALS BSL CAB CBT CIC CPR CVS DUI ESL ESOL FC GED GP HIV HUD ID II III IRS IT IV JCS
    LGBT LGBTQ LIHEAP MIND NA NAMI NCT NHS OCD PTSD RNIB RNID RVS SNAP SSI STD STI TB UK US USA VA VI WIC
    WRVS YMCA YWCA YMHA YMCA'S M-DC CAHS VITA AMI RSPCA SSAFA U3A
"""
KNOWN: Final = frozenset(_KNOWN.split())


def name(raw: object, note: Note) -> str:
    """A name on one line; one that is all in capitals gets capitals where names have them."""
    words = line(raw, note)
    if len(words) <= 4 or not words.isupper() or isinstance(raw, AsWritten):
        return words
    quiet = _quiet(words)
    if quiet != words:
        note(CAPITALS, words, quiet)
    return quiet


def _quiet(words: str) -> str:
    pieces = re.split(r"([\s/–—-]+|(?<=\()|(?=\)))", words)
    first = True
    out: list[str] = []
    for position, piece in enumerate(pieces):
        if any(letter.isalpha() for letter in piece):
            bracketed = position > 0 and "".join(out).endswith("(")
            piece = _word(piece, first=first, bracketed=bracketed)
            first = False
        elif piece.strip() in {"-", "–", "—"} and piece != piece.strip():
            first = True
        out.append(piece)
    return "".join(out)


def _word(word: str, *, first: bool, bracketed: bool) -> str:
    bare = re.sub(r"[^A-Z'’]", "", word)
    low = word.lower()
    if not first and bare.lower() in SMALL:
        return low
    if (
        bare in KNOWN
        or any(letter.isdigit() for letter in word)
        or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?,?", word)
    ):
        return word
    if bracketed and len(bare) <= 6 and bare.lower() not in ORDINARY | SMALL:
        return word
    vowelless = not set(bare) & set("AEIOUY")
    if len(bare) <= 4 and bare.lower() not in ORDINARY | SMALL and (vowelless or len(bare) <= 3):
        return word
    if low.startswith("mc") and len(bare) > 4:
        return "Mc" + word[2].upper() + low[3:]
    start = next(index for index, letter in enumerate(low) if letter.isalpha())
    return low[:start] + low[start].upper() + low[start + 1 :]
