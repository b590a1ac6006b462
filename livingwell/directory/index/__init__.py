"""The search index: what listings say, kept in files on each host so that a search need not ask the database.

Derived and public throughout: losing it costs nothing, for search falls back to PostgreSQL until it is there again
(docs/adr/0010-a-search-index-beside-the-database.md).
"""
