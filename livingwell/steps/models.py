"""Steps, and what became of suggestions."""
