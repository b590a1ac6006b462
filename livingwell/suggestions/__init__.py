"""From a story to connections, each with its reason. Nothing a person says here is kept.

Public: `queries`, `warm`.
"""
