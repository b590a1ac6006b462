"""PostgreSQL's reading of what was typed, as a query of the search index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import tantivy
from tantivy import Occur, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN: Final = re.compile(r"'((?:[^']|'')*)'|(<->|<\d+>)|([!&|()])")


@dataclass(frozen=True, slots=True)
class Word:
    """One lexeme."""

    lexeme: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts that must all hold, of which one must hold, or that must follow one another."""

    how: Literal["&", "|", "<->"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


Node = Word | Parts | Not


def read(tsquery: str, *, any_word: bool = False) -> Node | None:
    """A tsquery as PostgreSQL writes it out; None for one that is empty. `any_word`: "and" is read as "or"."""
    tokens = [(match[1], match[2] or match[3] or "") for match in TOKEN.finditer(tsquery)]
    if not tokens:
        return None
    reader = _Reader([(word.replace("''", "'") if not sign else "", sign) for word, sign in tokens], any_word)
    return reader.either()


class _Reader:
    """Goes through the signs from left to right: "!" binds closest, then "<->", "&", "|"."""

    def __init__(self, tokens: list[tuple[str, str]], any_word: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._and: Literal["&", "|"] = "|" if any_word else "&"

    def either(self) -> Node:
        parts = [self._both()]
        while self._take("|"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Parts("|", tuple(parts))

    def _both(self) -> Node:
        parts = [self._following()]
        while self._take("&"):
            parts.append(self._following())
        return parts[0] if len(parts) == 1 else Parts(self._and, tuple(parts))

    def _following(self) -> Node:
        parts = [self._one()]
        while self._take("<"):
            parts.append(self._one())
        kept = tuple(_without_halves(parts))
        return kept[0] if len(kept) == 1 else Parts("<->", kept)

    def _one(self) -> Node:
        if self._take("!"):
            return Not(self._one())
        if self._take("("):
            inner = self.either()
            self._take(")")
            return inner
        word, _sign = self._tokens[self._at]
        self._at += 1
        return Word(word)

    def _take(self, sign: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at][1].startswith(sign):
            self._at += 1
            return True
        return False


def _without_halves(parts: list[Node]) -> Iterator[Node]:
    """PostgreSQL asks for "drop-in" and then for its halves as well: who has the whole has the halves."""
    halves: list[str] = []
    for part in parts:
        if isinstance(part, Word):
            if any(half[:3] == part.lexeme[:3] for half in halves):
                continue
            halves = part.lexeme.split("-") if "-" in part.lexeme else []
        yield part


def has_phrase(node: Node | None) -> bool:
    """Whether words must follow one another: the index does not know where words stand."""
    match node:
        case Parts(how, parts):
            return how == "<->" or any(has_phrase(part) for part in parts)
        case Not(part):
            return has_phrase(part)
        case _:
            return False


def query(schema: tantivy.Schema, field: str, node: Node) -> Query:
    """What has these words in a field."""
    match node:
        case Word(lexeme):
            return Query.term_query(schema, field, lexeme, "basic")
        case Not(part):
            return Query.boolean_query(
                [(Occur.Must, Query.all_query()), (Occur.MustNot, query(schema, field, part))]
            )
        case Parts("|", parts):
            return Query.boolean_query([(Occur.Should, query(schema, field, part)) for part in parts])
        case Parts(_, parts):
            wanted = [(Occur.Must, query(schema, field, part)) for part in parts if not isinstance(part, Not)]
            unwanted = [
                (Occur.MustNot, query(schema, field, part.part)) for part in parts if isinstance(part, Not)
            ]
            return Query.boolean_query([*(wanted or [(Occur.Must, Query.all_query())]), *unwanted])


def lexemes(node: Node | None) -> Iterator[str]:
    """The words that speak for what has them."""
    match node:
        case Word(lexeme):
            yield lexeme
        case Parts(_, parts):
            for part in parts:
                yield from lexemes(part)
        case _:
            return
