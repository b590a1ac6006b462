"""Which of those who work with people may begin a page with somebody in the room."""

from typing import Final

from livingwell.people.models import Role

BEGIN: Final = (Role.LINK_WORKER, Role.CLINICIAN)
