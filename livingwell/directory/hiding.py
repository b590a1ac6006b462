"""The words by which a private place could be found, and how they are taken out of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

POSTCODE: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
STREET: Final = re.compile(
    r"\b\d+[a-z]?[ ,]+(?:[a-z'’]+ ){1,3}(?:street|st|road|rd|lane|avenue|ave|close|mews|court|way|place|square|terrace"
    r"|gardens|drive|hill|row|yard|walk|crescent)\b",
    re.IGNORECASE,
)
LEAST: Final = 6  # letters and digits: shorter lines, such as a town, give nothing away by themselves


class Secret:
    """The lines of one private place. A line may hold a name, a street, a postcode or a point."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.lines: list[str] = []
        self.add(*lines)

    def add(self, *lines: str) -> None:
        for line in lines:
            clean = " ".join(line.split())
            if clean and clean not in self.lines:
                self.lines.append(clean)

    def parts(self) -> list[str]:
        """What must not be read anywhere: each line, and each street and postcode within one."""
        found = []
        for line in self.lines:
            found += [match[0] for match in POSTCODE.finditer(line)]
            found += [match[0] for match in STREET.finditer(line)]
            if len(re.sub(r"\W", "", line)) >= LEAST:
                found.append(line)
        return sorted(dict.fromkeys(found), key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text without the place, however it is spaced or in whatever case."""
        for part in self.parts():
            tokens = re.findall(r"\w+", part)
            if tokens:
                pattern = r"\b" + r"[\W_]*".join(map(re.escape, tokens)) + r"\b"
                text = re.sub(pattern, _("[kept private]"), text, flags=re.IGNORECASE)
        return text

    def hide_in(self, value: Any) -> Any:
        """A value of JSON without the place, at any depth."""
        if isinstance(value, dict):
            return {name: self.hide_in(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.hide_in(inner) for inner in value]
        return self.hide(value) if isinstance(value, str) else value

    def named_in(self, text: str) -> bool:
        return self.hide(text) != text
