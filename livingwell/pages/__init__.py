"""A page as a whole: its front, what happened, printing it, taking it away, deleting it."""
