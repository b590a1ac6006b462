"""Taking a large feed in, measured: services and rows a second, and the most memory, at two sizes to see it stays flat.

./lw bench import --services 250000 --json

What is measured: reading the file (JSON lines of HSDS 3.0), cleaning, writing all tables with their constraints and the
triggers of open data: two processes of ours, whose memory is counted together, and one of the database. Beside the
services a second it prints the processor's time for a service, which other work on the machine changes less. Not in it:
making search entries (`./lw manage refresh_listings`).
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

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
                f"{each['rows_per_second']:>7,.0f} rows a second, at most {each['peak_mb']:,.0f} MB, "
                f"load {each['load']}; milliseconds of processor for a service: {each['cpu_ms']}"
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
        began, before = time.perf_counter(), _processor()
        report = take(detect(path), Named("bench", "Benchmark"), path=path.name)
        seconds, after = time.perf_counter() - began, _processor()
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
        "cpu_ms": {of: round((after[of] - before[of]) / services * 1e3, 3) for of in after},
        "load": round(os.getloadavg()[0], 1),
        "added": sum(of.added for of in report.entries.values()),
    }


def _processor() -> dict[str, float]:
    """Seconds of processor so far: of this process, of the ones that it started, and of the database for it."""
    from django.db import connection

    found = {}
    for of, who in (("writing", resource.RUSAGE_SELF), ("reading", resource.RUSAGE_CHILDREN)):
        used = resource.getrusage(who)
        found[of] = used.ru_utime + used.ru_stime
    with connection.cursor() as cursor, contextlib.suppress(psutil.Error):
        cursor.execute("SELECT pg_backend_pid()")
        used = psutil.Process(cursor.fetchone()[0]).cpu_times()
        found["database"] = used.user + used.system
    return found


class _Peak:
    """The most memory that this process, and those that it started, held while something was done."""

    def __enter__(self) -> _Peak:
        self.processes = [psutil.Process()]
        self.most = self._now()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        """Often, but who is there only now and then: to ask that costs more."""
        for look in itertools.count():
            if self.over.wait(0.05):
                return
            if look % 40 == 10:
                self.processes[1:] = self.processes[0].children(recursive=True)
            self.most = max(self.most, self._now())

    def _now(self) -> int:
        held = 0
        for process in self.processes:
            with contextlib.suppress(psutil.Error):
                held += int(process.memory_info().rss)
        return held


def _empty() -> None:
    from django.db import connection

    assert connection.settings_dict["NAME"].startswith("livingwell_bench_"), "only ever in a scratch database"
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_source CASCADE")
        cursor.execute("TRUNCATE opendata_touch")


if __name__ == "__main__":
    sys.exit(main())
