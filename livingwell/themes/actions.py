"""How the vocabulary's files become rows. Nothing else writes them."""

from dataclasses import dataclass

from django.db import transaction

from livingwell.themes.models import Theme
from livingwell.themes.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Published:
    """How many themes the rows have now, and how many of them are retired."""

    themes: int
    retired: int


@transaction.atomic
def publish(vocabulary: Vocabulary) -> Published:
    """Make the rows say what the files say; a theme that is no longer in the files is retired."""
    Theme.objects.bulk_create(
        [
            Theme(
                slug=theme.slug,
                label=theme.english_label,
                kind=theme.kind,
                level=theme.level,
                group=theme.english_group,
            )
            for theme in vocabulary.themes.values()
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["label", "kind", "level", "group", "retired"],
    )
    retired = Theme.objects.exclude(slug__in=vocabulary.themes).update(retired=True)
    return Published(themes=len(vocabulary.themes), retired=retired)
