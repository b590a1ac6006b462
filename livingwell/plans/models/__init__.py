"""What somebody says about themselves, what was heard in it, and their hard days."""

from livingwell.plans.models.hard_date import HardDate
from livingwell.plans.models.section import SECTIONS_OF, Section
from livingwell.plans.models.words import PageTheme, Standing, Words

__all__ = ["SECTIONS_OF", "HardDate", "PageTheme", "Section", "Standing", "Words"]
