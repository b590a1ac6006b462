"""Suggestions, measured: how well they meet what people who know proposed, and how long they take.

./lw bench suggestions                      quality and speed on the Lambeth demonstration directory
./lw bench suggestions --services 250000    speed on a synthetic directory of that size
./lw bench suggestions --misses             also names what was missed and what was offered
"""

import argparse
import itertools
import random
import statistics
import sys
from collections.abc import Iterable

from benchmarks import quality, scratch

ROUNDS = 200
FLOORS = {"people": 0.85, "cases": 0.80}
LIMITS_MS = {"demonstration": 15.0, "synthetic": 60.0}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench suggestions", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--services", type=int, default=0, help="size of a synthetic directory (default: Lambeth)"
    )
    parser.add_argument("--misses", action="store_true", help="name what was missed")
    options = parser.parse_args()
    if options.services:
        scratch.use(f"synthetic_{options.services}")
        from benchmarks import synthetic

        synthetic.fill(options.services)
        return _speed("synthetic", f"{options.services:,} synthetic services")
    scratch.use("demonstration")
    from django.core.management import call_command

    call_command("load_demonstration", stdout=sys.stderr)
    good = _quality("the four people of the workshop", quality.people(), FLOORS["people"], options.misses)
    good &= _quality("the 20 published cases", quality.published(), FLOORS["cases"], options.misses)
    return _speed("demonstration", "the Lambeth demonstration directory") or int(not good)


def _quality(label: str, cases: Iterable[quality.Case], floor: float, misses: bool) -> bool:
    from django.utils import timezone

    scores = [quality.score(case, on=timezone.localdate()) for case in cases]
    print(f"\nRecall at 10, {label}")
    for each in scores:
        print(
            f"  {each.case.name:10} {len(each.met):2} of {len(each.met) + len(each.missed):2}   {each.recall:.2f}"
        )
        if misses:
            for proposal in each.missed:
                print(f"             missed: {proposal} {each.case.expected[proposal]}")
            for title in each.titles:
                print(f"             offered: {title}")
    mean = statistics.mean(each.recall for each in scores)
    pooled = sum(len(each.met) for each in scores) / sum(len(each.case.expected) for each in scores)
    fewest = min(each.kinds for each in scores)
    print(f"  mean {mean:.3f}, pooled {pooled:.3f}, floor {floor}; fewest kinds in an answer: {fewest}")
    return mean >= floor


def _speed(which: str, label: str) -> int:
    from django.utils import timezone

    from livingwell.directory.queries.words import point
    from livingwell.suggestions import queries, warm

    day = timezone.localdate()
    stories = [case.story for case in itertools.chain(quality.people(), quality.published())]
    dice = random.Random(2013)
    spots = [point(name) for name in ("Brixton", "SW16", "SE11", "")]
    asks = [
        queries.Asked(story=story, near=spot)
        for story, spot in ((dice.choice(stories), dice.choice(spots)) for _ in range(ROUNDS))
    ]
    warm.up()  # as the web server does
    first = scratch.times(lambda ask: queries.answer(ask, on=day), asks)
    whole = scratch.times(lambda ask: queries.answer(ask, on=day), asks)
    from livingwell.themes import danger, story

    reading = scratch.times(lambda ask: (story.read(ask.story), danger.look(ask.story)), asks)
    p50, p95 = scratch.percentile(whole, 0.5), scratch.percentile(whole, 0.95)
    print(f"\nA suggestion over {label}, {ROUNDS} stories, one core")
    cold = scratch.percentile(first, 0.5), scratch.percentile(first, 0.95)
    print(f"  new process:      p50 {cold[0]:6.1f} ms   p95 {cold[1]:6.1f} ms")
    print(f"  story to cards:   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   (limit {LIMITS_MS[which]:.0f} ms)")
    print(
        f"  reading alone:    p50 {scratch.percentile(reading, 0.5):6.1f} ms   {sum(reading) / sum(whole):.0%} of it"
    )
    return int(p95 > LIMITS_MS[which])


if __name__ == "__main__":
    sys.exit(main())
