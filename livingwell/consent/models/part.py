"""The parts of a page: each is shared, or kept to oneself, as a whole."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What somebody may be allowed to see. `CONSENTS` is who sees what: never shared but with who keeps the page."""

    CONTACT = "contact", _("How to reach me")
    STORY = "story", _("What matters to me")
    PLAN = "plan", _("What I would like, and my steps")
    CIRCLE = "circle", _("The people around me")
    CHECK_INS = "check-ins", _("How I have been")
    CRISIS_CARD = "crisis card", _("What helps on a bad day")
    MEDICATION = "medication", _("My medicines")
    BUDGET = "budget", _("My budget")
    CONSENTS = "consents", _("Who can see what")


PARTS: Final = tuple(part for part in Part if part is not Part.CONSENTS)
"""The parts that a consent may name."""
