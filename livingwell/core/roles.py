"""The database's role for the web process: it owns no table and cannot bypass row-level security."""

from typing import Final

WEB_ROLE: Final = "livingwell_web"
