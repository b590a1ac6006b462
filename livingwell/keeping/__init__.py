"""Keeping the directory right: who confirmed what, what is due, what people say is wrong, sources and doubles."""
