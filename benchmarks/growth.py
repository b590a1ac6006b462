"""How the cost of a search grows with the directory: a table and a picture of what ./lw bench search has measured.

./lw bench growth      after ./lw bench search at each size; writes benchmarks/search_growth.png
"""

import json
import sys
from pathlib import Path

from benchmarks.search import KEPT

PICTURE = Path(__file__).parent / "search_growth.png"
LINES = {"one": "one client", "eight": "eight clients", "tantivy": "plain tantivy"}


def main() -> int:
    if not KEPT.exists():
        print("Nothing is measured yet: ./lw bench search --services 2500")
        return 1
    figures = {int(size): row for size, row in json.loads(KEPT.read_text()).items()}
    sizes = sorted(figures)
    print(
        "| services | one client p50 | p95 | longest | eight clients p95 | a second | plain tantivy p95 | nothing |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        one, eight, plain = (figures[size][name] for name in LINES)
        print(
            f"| {size:,} | {one['p50']:.1f} ms | {one['p95']:.1f} ms | {one['longest']:.0f} ms | {eight['p95']:.0f} ms "
            f"| {eight['per_second']:.0f} | {plain['p95']:.1f} ms | {figures[size]['nothing']} of 400 |"
        )
    _draw(sizes, {label: [figures[size][name]["p95"] for size in sizes] for name, label in LINES.items()})
    print(f"\nDrawn: {PICTURE}")
    return 0


def _draw(sizes: list[int], lines: dict[str, list[float]]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.4), dpi=100)
    for label, values in lines.items():
        axes.plot(sizes, values, marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel="services", ylabel="95 of 100 searches within (ms)")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(PICTURE)


if __name__ == "__main__":
    sys.exit(main())
