"""What others read of who walks with whom: asked by a viewer, answered in frozen dataclasses."""

from livingwell.linkwork.queries.begun import Begun, begun
from livingwell.linkwork.queries.covers import Away, Colleague, colleagues_of, covers_of, may_end
from livingwell.linkwork.queries.leading import (
    Candidate,
    LeadShown,
    candidates,
    code_out,
    lead_of,
    organization,
)
from livingwell.linkwork.queries.overlaps import (
    Overlap,
    main_themes,
    main_themes_of_organizations,
    overlaps_each,
    overlaps_of,
)
from livingwell.linkwork.queries.reading_back import ToRead, to_read
from livingwell.linkwork.queries.today import Row, Today, needs_of, today
from livingwell.linkwork.queries.walking import Everyone, Walked, everyone, label_of

__all__ = [
    "Away",
    "Begun",
    "Candidate",
    "Colleague",
    "Everyone",
    "LeadShown",
    "Overlap",
    "Row",
    "ToRead",
    "Today",
    "Walked",
    "begun",
    "candidates",
    "code_out",
    "colleagues_of",
    "covers_of",
    "everyone",
    "label_of",
    "lead_of",
    "main_themes",
    "main_themes_of_organizations",
    "may_end",
    "needs_of",
    "organization",
    "overlaps_each",
    "overlaps_of",
    "to_read",
    "today",
]
