"""A statement may have 65,535 values beside it: what is written or deleted in bulk is split, and nothing breaks off."""

from collections import Counter

import pytest
from django.db import connection

from livingwell.config.postgresql.base import MOST
from livingwell.directory.actions import counting
from livingwell.directory.models import Organization, OrganizationIdentifier, Source, Word

pytestmark = pytest.mark.django_db


def test_the_database_is_asked_with_the_values_beside_the_statement() -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="between 0 and 65535"):
        cursor.execute(f"SELECT {', '.join(['%s::int'] * (MOST + 1))}", [1] * (MOST + 1))


def test_more_rows_than_one_statement_takes_are_written_and_deleted() -> None:
    feed = Source.objects.create(slug="many", name="Many")
    many = MOST // len(Organization._meta.concrete_fields) + 1
    made = Organization.objects.bulk_create(
        Organization(source=feed, original_id=str(number), name="One") for number in range(many)
    )
    OrganizationIdentifier.objects.bulk_create(
        OrganizationIdentifier(source=feed, organization=each, identifier=each.original_id) for each in made
    )

    assert Organization.objects.count() == many
    assert len(Organization.objects.in_bulk([each.pk for each in made])) == many
    assert OrganizationIdentifier.objects.all().delete()[0] == many


def test_a_directory_may_say_more_words_than_one_statement_takes() -> None:
    words = Counter({f"word{number}": number + 1 for number in range(MOST + 10)})
    counting.replace(words)
    counting.replace(words)

    assert Word.objects.count() == len(words)
    counting.replace(Counter({"word7": 8}))
    assert list(Word.objects.values_list("word", "services")) == [("word7", 8)]
