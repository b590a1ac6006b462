"""The published schemas of HSDS 3.0 and its UK profile, as validators that check formats too."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("LIVINGWELL_SHARED") or ROOT.parent / "shared") / "data"
INTERNATIONAL, UK = "hsds-3.0/schema", "hsds-uk-3.0/schema"
FORMATS = FormatChecker(["uuid", "email", "date", "idn-email"])


@FORMATS.checks("uri")
def _uri(value: object) -> bool:
    return not isinstance(value, str) or bool(
        re.fullmatch(r"[a-z][a-z0-9+.-]*://[^\s<>\"{}|\\^`]+", value, re.IGNORECASE)
    )


@FORMATS.checks("date-time")
def _moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@cache
def validator(path: str) -> Draft202012Validator:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"The published schemas are not at {SHARED}: set LIVINGWELL_SHARED.")

    def beside(name: str) -> Resource[Any]:
        """Parts of a schema lie in files beside it."""
        content = json.loads((file.parent / name).read_text(encoding="utf-8"))
        return Resource.from_contents(content, default_specification=DRAFT202012)

    return Draft202012Validator(
        json.loads(file.read_text(encoding="utf-8")),
        format_checker=FORMATS,
        registry=Registry(retrieve=beside),  # type: ignore[call-arg]
    )


def complaints(thing: Any, *paths: str) -> list[str]:
    """What the schemas object to, with the place of each."""
    return [
        f"{path} at {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for path in paths
        for error in validator(path).iter_errors(thing)
    ]


def empty_parts(thing: Any, at: str = "") -> list[str]:
    """Where something is null, an empty text or an empty list, which HSDS-UK wants left out."""
    if isinstance(thing, dict):
        return [where for name, value in thing.items() for where in empty_parts(value, f"{at}/{name}")]
    if isinstance(thing, list) and thing:
        return [where for number, value in enumerate(thing) for where in empty_parts(value, f"{at}/{number}")]
    return [at] if thing is None or thing == "" or thing == [] else []
