"""Who walks with whom as their link worker, who stands in, codes on paper, and what was seen to."""

from livingwell.linkwork.models.cover import Cover
from livingwell.linkwork.models.lead import Lead
from livingwell.linkwork.models.paper_code import PaperCode
from livingwell.linkwork.models.seen_to import Need, SeenTo

__all__ = ["Cover", "Lead", "Need", "PaperCode", "SeenTo"]
