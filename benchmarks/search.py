"""Searching, measured: 400 mixed queries through the code that the pages use, beside tantivy and nothing else.

./lw bench search --services 250000          one client and eight on a synthetic directory of that size
./lw bench search --services 250000 --json   the figures alone, as JSON; they are also kept for ./lw bench growth
"""

import argparse
import json
import math
import multiprocessing
import os
import statistics
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import scratch
from benchmarks.queries import EVENING, HOW_MANY, TUESDAY, WITHIN_KM, Query, mixed

CLIENTS = 8
FIRST = 20
COMPARED = 100
KEPT = Path(__file__).parent / "search_figures.json"
LIMITS = {"p95": 40.0, "times_tantivy": 9.0, "longest": 150.0, "per_second": 150.0, "nothing": 12}
KEPT_AT_LEAST = {"mean": 0.99, "worst": 0.9}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench search", description=__doc__.split("\n")[0])
    parser.add_argument("--services", type=int, default=2_500, help="size of the synthetic directory")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
    options = parser.parse_args()
    name = _ready(options.services)
    figures = measured(options.services, name)
    KEPT.write_text(json.dumps(_kept() | {str(options.services): figures}, indent=1, sort_keys=True) + "\n")
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        _say(figures)
    return int(options.services >= 250_000 and not _good(figures))


def _ready(services: int) -> str:
    name = f"synthetic_{services}"
    scratch.use(name)
    from benchmarks import synthetic

    synthetic.fill(services)
    from livingwell.directory.index import step

    step.bring_in_step()
    return name


def _kept() -> dict[str, Any]:
    return dict(json.loads(KEPT.read_text())) if KEPT.exists() else {}


def measured(services: int, name: str) -> dict[str, Any]:
    """All figures of one size."""
    from benchmarks.plain_tantivy import Plain
    from livingwell.config.database import data_folder

    asked = mixed()
    plain = Plain(data_folder() / "bench" / f"plain-{services}")
    for each in asked:
        found(each)
        plain.search(each)
    nothing = [each for each in asked if not found(each)]
    ours, theirs = scratch.times(found, asked), scratch.times(plain.search, asked)
    kept = _rank_kept(asked[:COMPARED])
    together = _together(name)
    return {
        "services": services,
        "one": _spread(ours),
        "tantivy": _spread(theirs),
        "tantivy_all_words": _spread(scratch.times(plain.strictly, asked)),
        "times_tantivy": round(scratch.percentile(ours, 0.95) / scratch.percentile(theirs, 0.95), 2),
        "eight": _spread(together[1]) | {"per_second": round(len(together[1]) / together[0], 1)},
        "nothing": len(nothing),
        "found_nothing": sorted({each.typed for each in nothing}),
        "rank_kept": {"mean": round(statistics.mean(kept), 4), "worst": round(min(kept), 4)},
    }


def found(query: Query) -> int:
    """What a page does: mend the words, then search. How many there are."""
    from livingwell.directory.queries.search import search
    from livingwell.directory.queries.words import speller

    return search(_wanted(query, speller().mend(query.typed))).total


def _wanted(query: Query, words: str) -> Any:
    from livingwell.directory.queries.search import Wanted
    from livingwell.directory.queries.words import Point

    return Wanted(
        words=words,
        themes=(query.theme,) if query.theme else (),
        kinds=(query.kind,) if query.kind else (),
        near=Point("here", *query.spot, approximate=True) if query.spot else None,
        within_km=WITHIN_KM,
        day=TUESDAY if query.evening else None,
        start=EVENING if query.evening else None,
    )


def _rank_kept(asked: list[Query]) -> list[float]:
    """How much of the score of the exact first twenty is kept, where all candidates are measured without exception.

    The gain of a result falls with its place in the exact order, and counts less the later it comes (nDCG).
    """
    from django.db import connection

    from livingwell.directory.index import step
    from livingwell.directory.queries import search_index
    from livingwell.directory.queries.search import themes_in
    from livingwell.directory.queries.wanted import Asked

    shares = []
    for query in asked:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT websearch_to_tsquery('english', %s)::text, directory, number FROM directory_edition",
                [query.meant],
            )
            lexemes, directory, number = cursor.fetchone()
        index = step.reader(directory, number)
        assert index is not None
        ask = Asked(_wanted(query, query.meant), themes_in(query.meant), lexemes, any_word=True)
        got, _ = search_index.find(index, ask, 0, FIRST)
        everything, _ = search_index.find(index, ask, 0, 10**6, each=10**6)
        gain = {hit.listing: FIRST - place for place, hit in enumerate(everything[:FIRST])}
        best = sum(gain[hit.listing] / math.log2(place + 2) for place, hit in enumerate(everything[:FIRST]))
        mine = sum(gain.get(hit.listing, 0) / math.log2(place + 2) for place, hit in enumerate(got))
        shares.append(mine / best if best else 1.0)
    return shares


def _together(name: str) -> tuple[float, list[float]]:
    """Eight clients at once, as a web server has them: a process a core, threads in each.

    How many seconds in all, and the milliseconds of each search.
    """
    processes = min(os.cpu_count() or 1, CLIENTS)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (name,)) as pool:
        list(pool.map(_warm, range(processes * 2)))
        parts = list(pool.map(_clients, range(processes), [CLIENTS // processes] * processes))
    return max(seconds for seconds, _ in parts), [each for _, some in parts for each in some]


def _start(name: str) -> None:
    scratch.use(name)
    from livingwell.suggestions import warm

    warm.up()  # as the web server does


def _warm(_number: int) -> None:
    for query in mixed()[:40]:
        found(query)


def _clients(number: int, clients: int) -> tuple[float, list[float]]:
    asked = mixed()
    taken: list[float] = []
    ready = threading.Barrier(clients + 1)

    def one(turn: int) -> None:
        from django.db import connection

        start = (number * clients + turn) * HOW_MANY // CLIENTS
        found(asked[start])  # a web server's threads have their connection already
        ready.wait()
        taken.extend(scratch.times(found, [*asked[start:], *asked[:start]]))
        connection.close()

    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, taken


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(scratch.percentile(values, 0.5), 2),
        "p95": round(scratch.percentile(values, 0.95), 2),
        "longest": round(max(values), 2),
    }


def _good(figures: dict[str, Any]) -> bool:
    return bool(
        figures["one"]["p95"] <= LIMITS["p95"]
        and figures["times_tantivy"] <= LIMITS["times_tantivy"]
        and max(figures["one"]["longest"], figures["eight"]["longest"]) <= LIMITS["longest"]
        and figures["eight"]["per_second"] >= LIMITS["per_second"]
        and figures["nothing"] <= LIMITS["nothing"]
        and all(figures["rank_kept"][name] >= least for name, least in KEPT_AT_LEAST.items())
    )


def _say(figures: dict[str, Any]) -> None:
    one, eight, plain, kept = (figures[name] for name in ("one", "eight", "tantivy", "rank_kept"))
    print(f"\n{HOW_MANY} searches of {figures['services']:,} synthetic services")
    rows = {"one client": one, "eight clients": eight, "plain tantivy": plain}
    for label, row in (rows | {"  (all words)": figures["tantivy_all_words"]}).items():
        print(
            f"  {label:14} p50 {row['p50']:6.1f}   p95 {row['p95']:6.1f}   longest {row['longest']:6.1f} ms"
        )
    print(
        f"  p95 is {figures['times_tantivy']} times that of plain tantivy; "
        f"{eight['per_second']:.0f} searches a second with eight clients"
    )
    print(f"  found nothing: {figures['nothing']} of {HOW_MANY} {figures['found_nothing']}")
    print(f"  rank score kept against measuring every candidate: mean {kept['mean']}, worst {kept['worst']}")


if __name__ == "__main__":
    sys.exit(main())
