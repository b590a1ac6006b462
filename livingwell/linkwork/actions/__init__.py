"""What may be done around walking with somebody: beginning, leading, standing in, handing over, seeing to things."""

from livingwell.linkwork.actions.beginning import begin, read_back
from livingwell.linkwork.actions.covering import come_back, cover
from livingwell.linkwork.actions.erasing import erase
from livingwell.linkwork.actions.handing_over import print_code, take_back_code, take_over
from livingwell.linkwork.actions.leading import choose, choose_nobody
from livingwell.linkwork.actions.seeing_to import see_to

__all__ = [
    "begin",
    "choose",
    "choose_nobody",
    "come_back",
    "cover",
    "erase",
    "print_code",
    "read_back",
    "see_to",
    "take_back_code",
    "take_over",
]
