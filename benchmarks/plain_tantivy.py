"""Tantivy and nothing else, on the same corpus with the same filters: what a search could cost at the least."""

import re
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from benchmarks.queries import EVENING, TUESDAY, WITHIN_KM
from benchmarks.queries import Query as Asked

MOST = 20
KM_NORTH, KM_EAST = 111.2, 69.3  # of one degree, in London
CORPUS = """
    SELECT listing.id, service.name, service.description, listing.kind, listing.slots, listing.latitude,
        listing.longitude, ARRAY(SELECT theme_id FROM directory_servicetheme tag
            WHERE tag.service_id = service.id AND tag.applies)
    FROM directory_listing listing JOIN directory_service service ON service.id = listing.service_id
"""


class Plain:
    """Words by BM25 in the usual way of the library: its tokenizer, its stemmer, its parser."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        builder.add_text_field("facts", tokenizer_name="whitespace", index_option="basic")
        builder.add_unsigned_field("pk", fast=True)
        for name in ("latitude", "longitude"):
            builder.add_float_field(name, fast=True, indexed=True)
        self.schema = builder.build()
        fresh = not tantivy.Index.exists(str(folder)) if folder.exists() else True
        folder.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        if fresh:
            self._fill()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _fill(self) -> None:
        from django.db import connection

        writer = self.index.writer(100_000_000, 1)
        with connection.cursor() as cursor:
            cursor.execute(CORPUS)
            while rows := cursor.fetchmany(5_000):
                for row in rows:
                    writer.add_document(self._document(*row))
        writer.commit()
        writer.wait_merging_threads()

    def _document(
        self,
        pk: int,
        name: str,
        text: str,
        kind: str,
        slots: list[int],
        north: float,
        east: float,
        themes: Any,
    ) -> tantivy.Document:
        made = tantivy.Document()
        made.add_text("text", f"{name} {text}")
        facts = [f"kind:{kind}", *(f"slot:{slot}" for slot in slots), *(f"theme:{theme}" for theme in themes)]
        made.add_text("facts", " ".join(facts))
        made.add_unsigned("pk", pk)
        if north is not None:
            made.add_float("latitude", north)
            made.add_float("longitude", east)
        return made

    def search(self, asked: Asked) -> int:
        """How many there are; the first twenty are found as well. Any of the words, as its own parser reads them."""
        return self._found(asked, self._wanted(asked), all_words=False)

    def strictly(self, asked: Asked) -> int:
        """The same for all of the words; any of them where nothing has all."""
        filters = self._wanted(asked)
        return self._found(asked, filters, all_words=True) or self._found(asked, filters, all_words=False)

    def _wanted(self, asked: Asked) -> list[tuple[Occur, Query]]:
        return [(Occur.Must, Query.const_score_query(each, 0.0)) for each in self._filters(asked)]

    def _found(self, asked: Asked, filters: list[tuple[Occur, Query]], *, all_words: bool) -> int:
        words = self.index.parse_query(
            re.sub(r"\W+", " ", asked.meant), ["text"], conjunction_by_default=all_words
        )
        result = self.searcher.search(Query.boolean_query([(Occur.Must, words), *filters]), MOST)
        self.searcher.fast_field_values("pk", [address for _, address in result.hits])
        return int(result.count)  # type: ignore[attr-defined]

    def _filters(self, asked: Asked) -> list[Query]:
        found = []
        if asked.theme:
            found.append(Query.term_query(self.schema, "facts", f"theme:{asked.theme}", "basic"))
        if asked.kind:
            found.append(Query.term_query(self.schema, "facts", f"kind:{asked.kind}", "basic"))
        if asked.evening:
            slots = [f"slot:{TUESDAY * 24 + hour}" for hour in range(EVENING.hour, 24)]
            found.append(Query.term_set_query(self.schema, "facts", slots))
        if asked.spot:
            for name, middle, km in (
                ("latitude", asked.spot[0], KM_NORTH),
                ("longitude", asked.spot[1], KM_EAST),
            ):
                found.append(
                    Query.range_query(
                        self.schema, name, FieldType.Float, middle - WITHIN_KM / km, middle + WITHIN_KM / km
                    )
                )
        return found
