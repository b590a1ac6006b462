"""Introductions among many: the screens of receivers and of a practice, those to ring, and answers by link, as the web
role.

./lw bench introductions --persons 100000
"""

import argparse
import os
import subprocess
import sys

from benchmarks import scratch

PERSONS = 100_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="./lw bench introductions", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--persons", type=int, default=PERSONS, help="how many, with three introductions each"
    )
    parser.add_argument(
        "--answers", type=int, default=3000, help="how many links are answered once, and as many twice"
    )
    parser.add_argument("--keep", action="store_true", help="measure again what the last run has made")
    parser.add_argument(
        "--explain", action="store_true", help="show the slowest query of each screen with its plan"
    )
    options = parser.parse_args()
    scratch.use(f"introductions_{options.persons}")
    from django.core.management import call_command

    from benchmarks import introductions_answers, introductions_rows

    call_command("collectstatic", interactive=False, verbosity=0)
    if not options.keep:
        introductions_rows.fill(options.persons)
    print(
        f"\nIntroductions: {options.persons:,} persons, three each, half of them to be rung. "
        f"Load of the machine {os.getloadavg()[0]:.1f}\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "LIVINGWELL_NO_POOL"}
    environment |= {"LIVINGWELL_PROCESS": "web", "ANSWERS_PER_TEN_MINUTES": "1000000"}
    screens = [sys.executable, "-m", "benchmarks.introductions_screens"]
    if options.explain:
        screens.append("--explain")
    slow = subprocess.run(screens, env=environment, check=False).returncode  # noqa: S603 - our own command
    return max(slow, introductions_answers.measure(options.answers))


if __name__ == "__main__":
    sys.exit(main())
