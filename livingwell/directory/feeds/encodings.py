"""Bytes as text: UTF-8, UTF-16 with or without its mark, and the older encodings of Windows, even mixed."""

from __future__ import annotations

import codecs
import re
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE: Final = 65_536
OLDER: Final = "older"
LONELY: Final = re.compile("[\udc80-\udcff]")
MACINTOSH: Final = frozenset([0x8A, 0x8E, 0x8F, 0x90, 0x9F, *range(0xD0, 0xD6)])  # ä é è ê ü and – — “ ” ‘ ’
WINDOWS: Final = frozenset(
    [0x80, 0x85, *range(0x91, 0x98), *range(0xE0, 0x100)]
)  # € … ‘ ’ “ ” • – — and à to ÿ


def _as_windows_wrote(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252; the few that mean nothing there become a mark."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error(OLDER, _as_windows_wrote)


def sniff(sample: bytes) -> str:
    """The encoding that the first bytes speak for."""
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    some = sample[: 2 * (min(len(sample), 2_000) // 2)]
    if len(some) >= 4:
        half = len(some) / 2
        if some[1::2].count(0) > half * 0.4 and some[::2].count(0) < half * 0.1:
            return "utf-16-le"
        if some[::2].count(0) > half * 0.4 and some[1::2].count(0) < half * 0.1:
            return "utf-16-be"
    return "utf-8"


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding where that was not UTF-8."""
    name = sniff(data[:SAMPLE])
    if name not in {"utf-8", "utf-8-sig"}:
        return data.decode(name, errors="replace").removeprefix("\ufeff"), name[:6].upper()
    try:
        return data.decode(name), ""
    except UnicodeDecodeError:
        if _from_a_mac(data):
            return LONELY.sub(_as_a_mac_wrote, data.decode(name, errors="surrogateescape")), "Mac Roman"
        return data.decode(name, errors=OLDER), "Windows-1252"


def _from_a_mac(data: bytes) -> bool:
    """Whether the bytes that are no UTF-8 are letters and quotation marks of an old Macintosh, and none of Windows."""
    bad = {
        ord(char) - 0xDC00
        for char in LONELY.findall(data[:1_000_000].decode("utf-8", errors="surrogateescape"))
    }
    return bool(bad & MACINTOSH) and not bad & WINDOWS


def _as_a_mac_wrote(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("mac-roman")


class AsUtf8:
    """A stream of bytes in any encoding, read as UTF-8 a piece at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        first = stream.read(SAMPLE)
        name = sniff(first)
        plain = name in {"utf-8", "utf-8-sig"}
        self.encoding = "" if plain else name[:6].upper()
        decoder = codecs.getincrementaldecoder(name)(errors=OLDER if plain else "replace")
        self._pieces = self._decoded(stream, first, decoder)
        self._left = b""

    @staticmethod
    def _decoded(stream: IO[bytes], first: bytes, decoder: codecs.IncrementalDecoder) -> Iterator[bytes]:
        piece = first
        while piece:
            yield decoder.decode(piece).encode("utf-8", errors="replace")
            piece = stream.read(SAMPLE)
        yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._left) < size:
            more = next(self._pieces, None)
            if more is None:
                break
            self._left += more
        cut = len(self._left) if size < 0 else size
        taken, self._left = self._left[:cut], self._left[cut:]
        return taken
