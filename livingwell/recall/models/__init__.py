"""What stands behind keeping in touch."""

from livingwell.recall.models.wobble import Ally, Telling, Wobble

__all__ = ["Ally", "Telling", "Wobble"]
