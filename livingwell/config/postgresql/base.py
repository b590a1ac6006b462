"""The backend that the settings name. Django splits what it writes and deletes in bulk by what stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.backends.postgresql import base, features, operations

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 2**16 - 1
"""Values beside one statement: PostgreSQL's protocol counts them in sixteen bits."""


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        """How many rows one statement takes, where each brings a value for each of the fields."""
        return min(len(objs), MOST // max(len(fields), 1))


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
