"""What may be done to keep in touch."""

from livingwell.recall.actions.erasing import erase
from livingwell.recall.actions.wobbling import choose_allies, wobble, wobble_by_text

__all__ = ["choose_allies", "erase", "wobble", "wobble_by_text"]
