"""How well the search answers: judged queries over the demonstration directory, as nDCG at ten.

./lw bench judged            each set and engine, with the change since the figures kept last (--keep keeps these)
./lw bench judged --misses   what came first and what was missed, of the tuning half only
"""

import argparse
import csv
import json
import math
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import scratch

HERE = Path(__file__).parent
SETS = {
    "tuning": HERE / "judged" / "searches.txt",
    "held out": HERE / "judged" / "searches_unseen.txt",
    "third": HERE / "judged" / "searches_third.txt",
    "fourth": HERE / "judged" / "searches_fourth.txt",
    "fifth": HERE / "judged" / "searches_fifth.txt",
    "sixth": HERE / "judged" / "searches_sixth.txt",
    "seventh": HERE / "judged" / "searches_seventh.txt",
    "eighth": HERE / "judged" / "searches_eighth.txt",
}
KEPT = HERE / "judged_figures.json"
DEMO = HERE.parent / "demo" / "lambeth"
FLOOR, FLOOR_MISSPELT, FIRST = 0.85, 0.9, 10


@dataclass(slots=True)
class Judged:
    """What is asked, where, how it is otherwise said, and what each answer is worth."""

    query: str
    misspelt: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    grades: dict[str, int] = field(default_factory=dict)


def read(path: Path) -> Iterator[Judged]:
    """The judged queries of a file; its first lines say how it is written."""
    known = set(names())
    for part in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        judged = Judged("")
        for line in lines:
            if line[0] in "~=":
                (judged.misspelt if line[0] == "~" else judged.otherwise).append(line[1:].strip())
            elif line[:2] in {"3 ", "2 ", "1 "}:
                judged.grades |= dict.fromkeys(line[2:].split(), int(line[0]))
            else:
                judged.query = judged.query or line
                if judged.query != line:
                    judged.otherwise.append(line)
        if unknown := judged.grades.keys() - known:
            raise SystemExit(f"{path.name}: “{judged.query}” names what is not there: {sorted(unknown)}")
        yield judged


def names() -> dict[str, str]:
    """The name of each entry of the demonstration, by its id."""
    return {
        row["id"]: row["name"]
        for each in ("places", "lines", "invented")
        for row in csv.DictReader((DEMO / f"{each}.csv").open(encoding="utf-8"))
    }


def ndcg(found: list[str], grades: Mapping[str, int]) -> float:
    """The worth of the first ten, against the best ten there could be: 0 to 1."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _worth([grades.get(each, 0) for each in found[:FIRST]]) / _worth(best)


def _worth(grades: list[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench judged", description=__doc__.split("\n")[0])
    parser.add_argument("--misses", action="store_true", help="show the tuning half query by query")
    parser.add_argument("--keep", action="store_true", help="keep these figures to compare with next time")
    options = parser.parse_args()
    scratch.use("demonstration")
    from django.core.management import call_command

    from livingwell.directory.index import step

    call_command("load_demonstration", stdout=sys.stderr)
    step.bring_in_step()
    before = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    figures: dict[str, dict[str, float]] = {}
    for engine, search in (("tantivy", finder(indexed=True)), ("PostgreSQL", finder(indexed=False))):
        for label, path in SETS.items():
            show = options.misses and label == "tuning" and engine == "tantivy"
            figures[f"{label}, {engine}"] = _scored(list(read(path)), search, show=show)
    for name, scores in figures.items():
        last = before.get(name, {})
        print(f"\n{name}")
        for what, value in scores.items():
            change = f"   {value - last[what]:+.3f} since last time" if what in last else ""
            print(f"  {what:42} {value:.3f}{change}")
    if options.keep:
        KEPT.write_text(json.dumps(figures, indent=1) + "\n")
    good = all(
        scores["all queries, nDCG at 10"] >= FLOOR and scores["misspelt against well spelt"] >= FLOOR_MISSPELT
        for scores in figures.values()
    )
    return int(not good)


def finder(*, indexed: bool) -> Callable[[str], list[str]]:
    """What the page would show first for a query, as ids of the demonstration."""
    from datetime import UTC, datetime

    from livingwell.directory.models import Listing
    from livingwell.directory.queries import search as searching
    from livingwell.directory.queries.words import point, speller

    ids = {name: each for each, name in names().items()}
    named = dict(Listing.objects.values_list("pk", "service__name"))
    mender = speller()

    def find(query: str) -> list[str]:
        typed, _, place = query.partition(" @ ")
        wanted = searching.Wanted(
            words=mender.mend(typed), near=point(place) if place else None, on=datetime.now(UTC)
        )
        hits = searching.search(wanted, engine=None if indexed else "postgresql").hits
        return [ids[named[hit.listing]] for hit in hits]

    return find


def _scored(judged: list[Judged], find: Callable[[str], list[str]], *, show: bool) -> dict[str, float]:
    plain: list[float] = []
    misspelt: list[float] = []
    otherwise: list[float] = []
    kept: list[float] = []
    for each in judged:
        right = _score(each, each.query, find, show)
        plain.append(right)
        otherwise += [_score(each, query, find, show) for query in each.otherwise]
        for query in each.misspelt:
            slipped = _score(each, query, find, show)
            meant = _meant(each, query)
            base = right if meant == each.query else _score(each, meant, find, show=False)
            misspelt.append(slipped)
            kept.append(min(1.0, slipped / base) if base else 1.0)
    every = [*plain, *misspelt, *otherwise]
    return {
        "queries": float(len(every)),
        "all queries, nDCG at 10": statistics.mean(every),
        "well spelt": statistics.mean(plain),
        "said otherwise, or in another language": statistics.mean(otherwise),
        "misspelt": statistics.mean(misspelt),
        "misspelt against well spelt": statistics.mean(kept),
        "misspelt queries that keep less than 0.9": float(sum(share < FLOOR_MISSPELT for share in kept)),
        "queries that find nothing of worth": float(sum(score == 0 for score in every)),
    }


def _meant(judged: Judged, slipped: str) -> str:
    """Which of the right spellings a misspelt query is nearest to."""
    from rapidfuzz.distance import OSA

    return min((judged.query, *judged.otherwise), key=lambda right: OSA.distance(slipped, right))


def _score(judged: Judged, query: str, find: Callable[[str], list[str]], show: bool) -> float:
    found = find(query)
    score = ndcg(found, judged.grades)
    if show:
        print(f"{score:.2f}  {query}")
        if score < FLOOR:
            print("      ", " ".join(f"{each}={judged.grades.get(each, 0)}" for each in found[:FIRST]))
    return score


if __name__ == "__main__":
    sys.exit(main())
