"""From a folder of pages to a plot: who met whom, by month.

    python examples/python/who_met_whom.py [FOLDER] [--metadata TABLE.tsv] [--plot meetings.png]

Reads a folder of articles (the example articles if none is given), prints the pairs that met, and, where matplotlib is installed, draws the
meetings of the most frequent ones by month. Each step stands alone, so that it can be tried out in a notebook, cell by cell.
"""

# %% Arguments, as a notebook would set them in its first cell.
import argparse
import collections
import itertools
import pathlib

import isnad

EXAMPLES = pathlib.Path(__file__).resolve().parents[1]
parser = argparse.ArgumentParser(description="Who met whom, by month.")
parser.add_argument("folder", nargs="?", default=EXAMPLES / "articles", type=pathlib.Path)
parser.add_argument("--metadata", default=None, help="a table of who published which file when (TSV)")
parser.add_argument("--plot", default=None, help="draw into this file (needs matplotlib)")
parser.add_argument("--pairs", default=6, type=int, help="how many pairs to draw")
arguments = parser.parse_args()
if arguments.metadata is None and arguments.folder == EXAMPLES / "articles":
    arguments.metadata = EXAMPLES / "metadata.tsv"

# %% Read: one record an article, coded by as many threads as there are processors. Pages without an article are passed over.
engine = isnad.Engine()
records = list(engine.code_files(arguments.folder, metadata=arguments.metadata, errors="skip"))
print(f"{len(records)} articles, {sum(len(record.events) for record in records)} events")


# %% Who is who: people stand for themselves, the rest for their country where it has one.
def name_of(entity: isnad.Entity) -> str:
    return entity.english or entity.name


def sides(event: isnad.Event) -> "set[str]":
    return {name_of(entity) for entity in event.actors + event.recipients if entity.type in ("person", "organization", "place")}


# %% Meetings that took place, each with its month. An act that several articles tell counts once: same pair, same day.
meetings = set()
for record in records:
    for event in record.events:
        if event.type == "CONSULT" and event.status == "actual" and event.days:
            for pair in itertools.combinations(sorted(sides(event)), 2):
                meetings.add((pair, event.days[0]))

months = collections.Counter((pair, day.strftime("%Y-%m")) for pair, day in meetings)
total = collections.Counter(pair for pair, _ in meetings)
for pair, times in total.most_common(20):
    print(f"{times:4}  {pair[0]} and {pair[1]}: " + ", ".join(sorted({month for p, month in months if p == pair})))

# %% The plot: a line a pair, a dot a month, its size by the number of meetings.
if arguments.plot:
    try:
        import matplotlib
        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
    except ImportError:
        raise SystemExit("drawing needs matplotlib; install it with `pip install matplotlib`")
    shown = [pair for pair, _ in total.most_common(arguments.pairs)]
    ticks = sorted({month for _, month in months})
    figure, axes = plt.subplots(figsize=(max(6, len(ticks) * 0.6), 1 + len(shown) * 0.6))
    for y, pair in enumerate(shown):
        dots = [(ticks.index(month), times) for (p, month), times in months.items() if p == pair]
        axes.scatter([x for x, _ in dots], [y] * len(dots), s=[60 * times for _, times in dots])
    axes.set_yticks(range(len(shown)), [f"{a} – {b}" for a, b in shown])
    axes.set_xticks(range(len(ticks)), ticks, rotation=60)
    axes.set_title("Who met whom, by month")
    figure.tight_layout()
    figure.savefig(arguments.plot, dpi=150)
    print(f"drawn: {arguments.plot}")
