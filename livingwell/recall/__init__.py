"""Keeping in touch: check-ins somebody chose, whom to ring next and why, and one press on a bad day."""
