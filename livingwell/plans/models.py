"""Words, hard days and themes of a page."""
