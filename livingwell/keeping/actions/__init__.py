"""What keeping does: answers, changes that wait, questions, calls."""
