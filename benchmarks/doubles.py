"""How well what is here twice is found: precision and recall over a set of pairs that were judged by hand.

`./lw bench doubles [--misses]`. Both have to be right: that a pair meets under a key, and how it is judged.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from pathlib import Path
from uuid import UUID, uuid5

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.config.settings")
django.setup()

from livingwell.directory import likeness  # noqa: E402
from livingwell.directory.likeness import Told, judge, keys  # noqa: E402

SETS = Path(__file__).parent / "judged"
SPACE = UUID(int=0)
FLOORS = (0.90, 0.85)  # precision, recall


def entry(text: str, thing: str, place: int) -> Told:
    """One side of a pair, as its line says it."""
    name, *rest = (part.strip() for part in text.split(";"))
    said = dict(part.split("=", 1) for part in rest)

    def some(key: str, cleaned: str) -> frozenset[str]:
        return frozenset([cleaned]) if said.get(key) and cleaned else frozenset()

    return Told(
        id=uuid5(SPACE, f"{place} {text}"),
        name=name,
        source=said.get("f", str(place)),
        owner=str(place) if thing == "service" else "",
        numbers=some("n", likeness.number(said.get("n", ""))),
        phones=some("p", likeness.phone(said.get("p", ""))),
        emails=some("e", said.get("e", "").casefold()),
        webs=some("w", likeness.web(said.get("w", ""))),
        postcodes=some("c", likeness.postcode(said.get("c", ""))),
        streets=(said["s"],) if "s" in said else (),
        words=likeness.words_of(name),
    )


def pairs(name: str) -> list[tuple[bool, str, Told, Told]]:
    """Whether each pair is the same, what it is, and its two sides."""
    found = []
    for line in (SETS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            verdict, thing, one, other = line.split("|")
            found.append((verdict == "same", thing, entry(one, thing, 1), entry(other, thing, 2)))
    return found


def measure(name: str, *, misses: bool = False) -> tuple[int, int, float, float]:
    """Of one set: how many pairs, how many of them the same, precision, recall."""
    right = wrong = missed = 0
    judged = pairs(name)
    for same, _thing, one, other in judged:
        meet = bool(keys(one) & keys(other))
        verdict = meet and judge(one, other) is not None
        right += same and verdict
        wrong += verdict and not same
        missed += same and not verdict
        if misses and same != verdict:
            unmet = "" if meet else " (share no key)"
            print(f"{'missed' if same else 'wrong '}  {one.name} / {other.name}{unmet}")
    return len(judged), right + missed, right / max(1, right + wrong), right / max(1, right + missed)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="name each pair that is judged wrongly")
    chosen = options.parse_args()
    low = False
    for name, floors in (("doubles.txt", FLOORS), ("doubles_unseen.txt", None)):
        number, same, precision, recall = measure(name, misses=chosen.misses)
        limits = f" (floors {floors[0]} and {floors[1]})" if floors else ""
        print(
            f"{name}: {number} pairs, {same} the same; precision {precision:.3f}, recall {recall:.3f}{limits}"
        )
        low = low or bool(floors and (precision < floors[0] or recall < floors[1]))
    everything = [told for _same, _thing, one, other in pairs("doubles.txt") for told in (one, other)]
    every = list(itertools.combinations(everything, 2))
    began = time.perf_counter()
    for one, other in every:
        judge(one, other)
    print(f"{(time.perf_counter() - began) / len(every) * 1e6:.0f} microseconds to judge a pair")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
