"""What an import did: each record counted once, each mending and refusal with its place and reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from livingwell.directory.feeds.tables import PLURAL, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from livingwell.directory.feeds.model import Mended, NotKept, Refused
    from livingwell.directory.hiding import Secret

EXAMPLES: Final = 3
OLD: Final = {"eligibility": "lines of who it is for", "unit": "units of room",
              "payment_accepted": "lines of how to pay",
              "meta_table_description": "notes about the tables"}  # fmt: skip


def plural(table: str) -> str:
    return PLURAL.get(table) or OLD.get(table) or f"{table.replace('_', ' ')}s"


@dataclass(slots=True)
class Records:
    """Of the records of one kind in the files. read = taken + repeated + refused."""

    read: int = 0
    taken: int = 0
    repeated: int = 0
    refused: int = 0


@dataclass(slots=True)
class Entries:
    """Of the entries of one kind in the directory."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(slots=True)
class LeftOut:
    """Of a field that we have no place for: in how many rows and files it held something."""

    rows: int = 0
    files: set[str] = field(default_factory=set)
    example: str = ""


@dataclass(slots=True)
class Report:
    """The account of one import."""

    source: str
    path: str
    format: str = ""
    dry_run: bool = False
    records: dict[str, Records] = field(default_factory=lambda: defaultdict(Records))
    entries: dict[str, Entries] = field(default_factory=lambda: defaultdict(Entries))
    refused: list[Refused] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Mended]] = field(default_factory=lambda: defaultdict(list))
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    not_kept: dict[tuple[str, str], LeftOut] = field(default_factory=dict)  # by table and field
    notes: list[str] = field(default_factory=list)
    files: int = 0
    hidden: list[Secret] = field(default_factory=list)
    not_mentioned: int = 0
    located: int = 0
    seconds: float = 0.0

    def mend(self, mended: Mended) -> None:
        self.mended[mended.kind] += 1
        if len(self.examples[mended.kind]) < EXAMPLES:
            self.examples[mended.kind].append(mended)

    def refuse(self, refused: Refused) -> None:
        counts = self.records[refused.table]
        counts.read += refused.records
        counts.refused += refused.records
        self.refused.append(refused)

    def leave(self, one: NotKept) -> None:
        """A field for which the directory has no place."""
        left = self.not_kept.setdefault((one.table, one.field), LeftOut(example=one.example))
        left.rows += one.rows
        left.files.add(one.file)

    def keep_private(self, hidden: Iterable[Secret]) -> None:
        """Say how many places were kept private, and nothing by which they could be found."""
        self.hidden += list(hidden)
        for examples in self.examples.values():
            examples[:] = [each for each in examples if not self._tells(f"{each.before} {each.after}")]
        for left in self.not_kept.values():
            if self._tells(left.example):
                left.example = ""

    def _tells(self, words: str) -> bool:
        return any(secret.named_in(words) for secret in self.hidden)

    def add(self, other: Report) -> None:
        """What another account tells of records and fields, as if it had been told here."""
        for table, of in other.records.items():
            ours = self.records[table]
            ours.read += of.read
            ours.taken += of.taken
            ours.repeated += of.repeated
            ours.refused += of.refused
        self.refused += other.refused
        self.mended.update(other.mended)
        for kind, examples in other.examples.items():
            self.examples[kind] += examples[: EXAMPLES - len(self.examples[kind])]
        for where, theirs in other.not_kept.items():
            left = self.not_kept.setdefault(where, LeftOut(example=theirs.example))
            left.rows += theirs.rows
            left.files |= theirs.files

    def take(self, table: str, records: int) -> None:
        self.records[table].read += records
        self.records[table].taken += records

    def repeat(self, table: str, records: int) -> None:
        self.records[table].read += records
        self.records[table].repeated += records

    @property
    def adds_up(self) -> bool:
        return all(of.read == of.taken + of.repeated + of.refused for of in self.records.values())

    @property
    def changes(self) -> int:
        return sum(of.added + of.changed + of.removed for of in self.entries.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "path": self.path,
            "format": self.format,
            "dry_run": self.dry_run,
            "files": self.files,
            "seconds": round(self.seconds, 2),
            "changes": self.changes,
            "records": {table: asdict(of) for table, of in _in_order(self.records) if of.read},
            "entries": {table: asdict(of) for table, of in _in_order(self.entries)},
            "refused": [
                {**_placed(one), "reason": one.reason, "records": one.records} for one in self.refused
            ],
            "mended": {
                kind: {
                    "count": count,
                    "examples": [
                        {**_placed(one), "before": one.before, "after": one.after}
                        for one in self.examples[kind]
                    ],
                }
                for kind, count in self.mended.most_common()
            },
            "not_kept": [
                {
                    "table": table,
                    "field": name,
                    "rows": of.rows,
                    "files": len(of.files),
                    "example": of.example,
                }
                for (table, name), of in sorted(self.not_kept.items())
            ],
            "notes": self.notes,
            "passed_over": [{"file": file, "reason": reason} for file, reason in self.passed_over],
            "services_not_mentioned": self.not_mentioned,
            "locations_found_by_postcode": self.located,
            "places_kept_private": len(self.hidden),
        }

    def as_text(self) -> str:
        return "\n".join(
            [
                *self._head(),
                *self._counts(),
                *self._refusals(),
                *self._mendings(),
                *self._left_out(),
                *self._foot(),
                "",
            ]
        )

    def _head(self) -> list[str]:
        files = "1 file" if self.files == 1 else f"{self.files} files"
        lines = [f"{self.path}: {self.format}, {files}, kept as “{self.source}”."]
        if self.dry_run:
            lines.append("This was a trial: nothing was kept.")
        elif not self.changes:
            lines.append("Nothing changed: everything was here already.")
        return lines

    def _counts(self) -> list[str]:
        lines = ["", f"{'In the files':<28}{'read':>9}{'taken':>9}{'repeated':>10}{'refused':>9}"]
        shown = [(table, of) for table, of in _in_order(self.records) if of.read]
        lines += [
            f"  {plural(t):<26}{of.read:>9,}{of.taken:>9,}{of.repeated:>10,}{of.refused:>9,}"
            for t, of in shown
        ]
        total = Records(
            *(sum(getattr(of, name) for _, of in shown) for name in ("read", "taken", "repeated", "refused"))
        )
        lines.append(
            f"  {'together':<26}{total.read:>9,}{total.taken:>9,}{total.repeated:>10,}{total.refused:>9,}"
        )
        lines += ["", f"{'In the directory':<28}{'added':>9}{'changed':>9}{'unchanged':>10}{'removed':>9}"]
        lines += [
            f"  {plural(t):<26}{of.added:>9,}{of.changed:>9,}{of.unchanged:>10,}{of.removed:>9,}"
            for t, of in _in_order(self.entries)
        ]
        return lines

    def _refusals(self) -> list[str]:
        if not self.refused:
            return ["", "Nothing was refused."]
        grouped: dict[tuple[str, str], list[Refused]] = defaultdict(list)
        for one in self.refused:
            grouped[one.table, one.reason].append(one)
        lines = ["", "Refused"]
        for (table, reason), those in sorted(grouped.items(), key=lambda item: -len(item[1])):
            count = sum(one.records or 1 for one in those)
            lines.append(f"  {count:,} {plural(table)}: {reason}")
            lines += [f"      {_where(one)}" for one in those[:EXAMPLES]]
            if len(those) > EXAMPLES:
                lines.append(f"      … and {len(those) - EXAMPLES:,} more (all are in the JSON report)")
        return lines

    def _mendings(self) -> list[str]:
        if not self.mended:
            return []
        lines = ["", "Mended"]
        for kind, count in self.mended.most_common():
            lines.append(f"  {count:,} × {kind}")
            for one in self.examples[kind]:
                change = (
                    f": {one.before or '(empty)'} → {one.after or '(empty)'}"
                    if one.before or one.after
                    else ""
                )
                lines.append(f"      {_where(one)}{change}")
        return lines

    def _left_out(self) -> list[str]:
        if not self.not_kept:
            return []
        lines = ["", "Columns and fields that we have no place for (not kept)"]
        for (table, name), of in sorted(self.not_kept.items()):
            rows = "1 row" if of.rows == 1 else f"{of.rows:,} rows"
            lines.append(f"  {name} of {plural(table)}: something in {rows}, for example: {of.example}")
        return lines

    def _foot(self) -> list[str]:
        lines = ["", *self.notes]
        lines += [f"Passed over: {file}: {reason}" for file, reason in self.passed_over]
        if self.located:
            lines.append(f"{self.located:,} places were found more exactly by their postcode.")
        if self.hidden:
            lines.append(f"{len(self.hidden):,} services are confidential: where they are was kept private.")
        if self.not_mentioned:
            lines.append(
                f"{self.not_mentioned:,} services of this source were not mentioned this time; "
                "they were left as they are."
            )
        lines.append(f"It took {self.seconds:.1f} seconds.")
        return lines


def _placed(one: Refused | Mended) -> dict[str, Any]:
    return {"table": one.table, "file": one.file, "row": one.line, "id": one.original_id}


def _where(one: Refused | Mended) -> str:
    known = f", id {one.original_id}" if one.original_id else ""
    return f"{one.file}, row {one.line}{known}"


def _in_order(counted: dict[str, Any]) -> list[tuple[str, Any]]:
    order = {table: place for place, table in enumerate(TABLES)}
    return sorted(counted.items(), key=lambda item: (order.get(item[0], 99), item[0]))
