"""Taking a large feed in, measured: services and rows a second, and the most memory, at two sizes to see it stays flat.

./lw bench import --services 250000 --json

What is measured: reading the file (JSON lines of HSDS 3.0), cleaning, writing all tables with their constraints and the
triggers of open data, one process of ours and one of the database. Not in it: making search entries, which for an
import of this size is left to the worker (`./lw manage refresh_listings`, measured by `--listings`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import feed, scratch

GOAL = 2_000  # services a second
FLAT = 1.25  # the most memory at ten times the size, as a multiple


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench import", description=__doc__.split("\n")[0])
    parser.add_argument("--services", type=int, default=25_000)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--again", action="store_true", help="also take the same file a second time")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_one(options.one, again=options.again)))
        return 0
    small, large = (_apart(size, again=options.again) for size in (options.services // 10, options.services))
    flat = large["peak_mb"] / small["peak_mb"]
    found = {"goal": GOAL, "small": small, "large": large, "memory_ratio": round(flat, 2)}
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        for each in (small, large):
            print(
                f"{each['services']:>9,} services: {each['services_per_second']:>6,.0f} services and "
                f"{each['rows_per_second']:>7,.0f} rows a second, at most {each['peak_mb']:,.0f} MB"
            )
    return int(large["services_per_second"] < GOAL or flat > FLAT)


def _apart(services: int, *, again: bool) -> dict[str, Any]:
    """One size in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.jsonl"
        feed.write(path, services)
        command = [
            sys.executable,
            "-m",
            "benchmarks.importing",
            "--one",
            str(path),
            *(["--again"] if again else []),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def _one(path: Path, *, again: bool) -> dict[str, Any]:
    scratch.use("import")
    _empty()
    found = _take(path)
    if again:
        found["again"] = _take(path)
    return found


def _take(path: Path) -> dict[str, Any]:
    from livingwell.directory.actions.importing import Named, take
    from livingwell.directory.feeds.detect import detect

    with _Peak() as memory:
        began = time.perf_counter()
        report = take(detect(path), Named("bench", "Benchmark"), path=path.name)
        seconds = time.perf_counter() - began
    services = report.records["service"].taken
    rows = sum(of.added + of.changed + of.unchanged for of in report.entries.values())
    assert report.adds_up
    assert not report.refused, report.refused[:3]
    return {
        "services": services,
        "rows": rows,
        "seconds": round(seconds, 1),
        "services_per_second": round(services / seconds),
        "rows_per_second": round(rows / seconds),
        "peak_mb": round(memory.most / 1e6),
        "added": sum(of.added for of in report.entries.values()),
    }


class _Peak:
    """The most memory that this process held while something was done."""

    def __enter__(self) -> _Peak:
        import psutil

        self.process = psutil.Process()
        self.most = self.process.memory_info().rss
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.over.wait(0.02):
            self.most = max(self.most, self.process.memory_info().rss)


def _empty() -> None:
    from django.db import connection

    assert connection.settings_dict["NAME"].startswith("livingwell_bench_"), "only ever in a scratch database"
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_source CASCADE")
        cursor.execute("TRUNCATE opendata_touch")


if __name__ == "__main__":
    sys.exit(main())
