"""Reading a story, measured: the themes in 2,000 characters, and the look for words of danger.

./lw bench stories
"""

import argparse
import itertools
import sys

from benchmarks.quality import people, published
from benchmarks.scratch import percentile, times
from livingwell.suggestions import warm
from livingwell.themes import danger, story

LENGTH = 2_000
ROUNDS = 200
LIMIT_MS = 5.0


def main() -> int:
    argparse.ArgumentParser(prog="./lw bench stories", description=__doc__.split("\n")[0]).parse_args()
    warm.up()
    told = " ".join(case.story for case in itertools.chain(people(), published()))
    texts = [told[start : start + LENGTH] for start in range(0, len(told) - LENGTH, 97)]
    texts = list(itertools.islice(itertools.cycle(texts), ROUNDS))
    reading = times(story.read, texts)
    looking = times(danger.look, texts)
    plain = times(lambda text: text.lower().split(), texts)
    print(f"{ROUNDS} texts of {LENGTH:,} characters, one core")
    for label, taken in (("themes", reading), ("danger", looking)):
        middle, high = percentile(taken, 0.5), percentile(taken, 0.95)
        ratio = middle / percentile(plain, 0.5)
        print(
            f"  {label}:  p50 {middle:5.2f} ms   p95 {high:5.2f} ms   {ratio:4.0f} times a lower() and split()"
        )
    return int(percentile(reading, 0.5) > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
