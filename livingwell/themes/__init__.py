"""The shared vocabulary of themes, and reading what people write by it.

Public: `vocabulary`, `story`, `danger`, `words`, `phrasebook`, `searching`, `spelling`.
"""
