"""What happened on a page, as it is told to anybody but its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from livingwell.consent.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

OF_OTHERS: Final[Mapping[Kind, _StrPromise]] = {
    Kind.STARTED: _("Their page began"),
    Kind.TAKEN_OVER: _("They took their page into their own hands"),
    Kind.READ_BACK: _("Their page was read back to them"),
    Kind.PRINTED: _("Their page was printed"),
    Kind.TAKEN_AWAY: _("They took a copy of their page"),
    Kind.ERASED: _("Their page was deleted"),
    Kind.WROTE: _("They wrote something"),
    Kind.DATE_ADDED: _("They named a hard day"),
    Kind.CIRCLE_CHANGED: _("The people around them changed"),
    Kind.CARER_INVITED: _("They invited somebody to be there for them"),
    Kind.CARER_JOINED: _("Somebody they invited came in"),
    Kind.SUGGESTION_KEPT: _("They chose a suggestion"),
    Kind.SUGGESTION_REFUSED: _("They said: not for me"),
    Kind.SUGGESTION_LATER: _("They said: ask me later"),
    Kind.STEP_CHOSEN: _("They chose a step"),
    Kind.STEP_STARTED: _("They began a step"),
    Kind.STEP_MOVED: _("They moved a step"),
    Kind.STEP_DONE: _("They did a step"),
    Kind.STEP_CHANGED_MIND: _("They changed their mind about a step"),
    Kind.STEP_NOT_NOW: _("They said of a step: not now"),
    Kind.CONSENT_GIVEN: _("They let somebody see parts of their page"),
    Kind.CONSENT_WITHDRAWN: _("They stopped somebody seeing their page"),
    Kind.LEAD_CHOSEN: _("They chose their link worker"),
    Kind.LEAD_ENDED: _("Their link worker changed"),
    Kind.EMERGENCY: _("Their page was opened in an emergency"),
    Kind.EMERGENCY_REVIEWED: _("Opening their page in an emergency was looked into"),
    Kind.QUESTION_ASKED: _("They asked why somebody looked"),
    Kind.QUESTION_ANSWERED: _("Their question was answered"),
    Kind.INTRODUCTION: _("An introduction moved on"),
    Kind.CHECK_IN: _("They told how they are"),
    Kind.WOBBLE: _("They said: today is a bad day"),
    Kind.CALL: _("Somebody rang them"),
    Kind.MESSAGE: _("They were sent a message"),
}
