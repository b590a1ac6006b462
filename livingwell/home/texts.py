"""All that public pages say, gathered from programs, templates and the vocabulary, for those who translate it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from livingwell.core.catalogues import path, read, translated
from livingwell.core.languages import OWN_NAMES
from livingwell.themes.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).resolve().parent.parent
DRAFTED: Final = """\
Drafted by a machine. No speaker has confirmed it yet: see docs/how-to/translate.md.
When somebody who speaks the language has read all of it, remove this note, and the language from
DRAFTED_BY_MACHINE in livingwell/core/languages.py, which says so on each page."""
PUBLIC: Final = ("core", "home", "suggestions", "directory", "handouts", "themes", "messaging", "keeping")
"""The apps whose texts are on pages for everybody. The pages of staff are in English."""
OPEN: Final = (
    "keeping/forms/reports.py",
    "keeping/jinja2/keeping/answer_base.jinja",
    "keeping/jinja2/keeping/door",
    "keeping/jinja2/keeping/wrong",
    "keeping/jinja2/keeping/yours",
)
"""What of keeping is open to everybody: saying what is wrong, and coming in to one's own entries."""
STAFF: Final = (
    "directory/actions",
    "directory/feeds",
    "directory/management",
    "directory/comparing.py",
    "directory/hiding.py",
    "directory/likeness.py",
    "directory/models/doubles.py",
    "directory/models/place.py",
    "directory/models/pull.py",
    "directory/models/schedule.py",
    "directory/models/visit.py",
    "directory/opening_read.py",
    "directory/differences.py",
    "directory/queries/doubles.py",
    "directory/queries/due.py",
    "directory/queries/sources.py",
    "messaging/actions",
    "messaging/adapters",
    "messaging/models.py",
    "messaging/tasks.py",
    "messaging/webhooks.py",
    "themes/models.py",
)
"""What these apps say to staff only."""
METHODS: Final = [("**/tests/**", "ignore"), ("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def texts() -> Catalog:
    """Every text of the public pages, from programs, templates and the vocabulary."""
    found = Catalog(domain="django", fuzzy=False)
    for name, message, context in _texts():
        found.add(message, locations=[(name, 1)], context=context)
    return found


def _texts() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for app in PUBLIC:
        if not (HERE / app).is_dir():
            continue
        extracted = extract_from_dir(
            HERE / app, METHODS, {"**.jinja": {"newstyle_gettext": "true"}}, KEYWORDS, strip_comment_tags=True
        )
        for file, _line, message, _comments, context in extracted:
            name = f"{app}/{file.replace(os.sep, '/')}"
            if not name.startswith(STAFF) and (app != "keeping" or name.startswith(OPEN)):
                yield f"livingwell/{name}", message, context
    for theme in vocabulary().themes.values():
        yield "livingwell/themes/vocabulary", theme.english_group, None
        yield "livingwell/themes/vocabulary", theme.english_label, None


def bring_up_to_date() -> dict[str, list[str]]:
    """Give each catalogue the texts that are new and take out those that are gone; answer what is missing."""
    template = texts()
    missing = {}
    for code in translated():
        catalogue = read(code) if path(code).exists() else _new(code)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        path(code).parent.mkdir(parents=True, exist_ok=True)
        written = BytesIO()
        write_po(written, catalogue, width=0, sort_output=True, no_location=True, ignore_obsolete=True)
        path(code).write_bytes(written.getvalue())
        missing[code] = [
            _first(message.id) for message in catalogue if message.id and not _done(message.string)
        ]
    return missing


def _new(code: str) -> Catalog:
    start = datetime(2026, 11, 25, tzinfo=UTC)
    return Catalog(
        locale=code, domain="django", fuzzy=False, project="Living Well Network", version="1",
        header_comment="".join(f"# {line}\n" for line in DRAFTED.splitlines()).rstrip(),
        creation_date=start, revision_date=start, last_translator="a machine", language_team=OWN_NAMES[code],
        msgid_bugs_address="see docs/how-to/translate.md",
    )  # fmt: skip


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _done(words: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(words) if isinstance(words, str) or words is None else all(words)
