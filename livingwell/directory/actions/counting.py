"""The words that the directory itself uses, and in how many services: what typing mistakes are mended to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from django.db import connection

from livingwell.directory.models import Word

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

MOST: Final = 100_000  # the most used are kept


def add(words: Mapping[UUID, set[str]], *, new: Collection[UUID]) -> None:
    """Count the words of services that are new; of services that were counted only words never seen come in."""
    seen = Counter(word for said in words.values() for word in said)
    more = Counter(word for service in new for word in words.get(service, ()))
    kept = sorted(seen)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH said AS (SELECT * FROM unnest(%s::text[], %s::int[], %s::int[]) AS said(word, seen, more)),
            made AS (
                INSERT INTO directory_word (word, services) SELECT word, seen FROM said ON CONFLICT DO NOTHING
            )
            UPDATE directory_word old SET services = old.services + said.more
            FROM said WHERE old.word = said.word AND said.more > 0
            """,
            [kept, [seen[word] for word in kept], [more[word] for word in kept]],
        )


def replace(words: Counter[str]) -> None:
    """The words of the whole directory, counted afresh."""
    most = words.most_common(MOST)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_word WHERE word <> ALL(%s)", [[word for word, _ in most]])
    Word.objects.bulk_create(
        [Word(word=word, services=count) for word, count in most],
        batch_size=5_000,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["services"],
    )


def forget(words: Collection[str], service: UUID) -> None:
    """Drop the words of what is private from now on, but those that another service says in public."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM directory_word word WHERE word = ANY(%s::text[]) AND (services <= 1 OR NOT EXISTS (
                SELECT 1 FROM directory_listing
                WHERE service_id <> %s AND words @@ plainto_tsquery('english', word.word)))
            """,
            [list(words), service],
        )
