"""Django's PostgreSQL backend, told how many values one statement may have (ADR 37)."""
