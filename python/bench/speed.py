"""What the Python call costs over the C program, and what threads gain (docs/python.md has the numbers).

    python python/bench/speed.py PROGRAM ARTICLES.jsonl [--rounds 3] [--only cost|threads] [--ways 4]

PROGRAM is build/release/cli/isnad of the same commit as the package, with its lexicon in ISNAD_IMAGE or beside it. Cost: the program with one job and Python run in
turn, each as a process of its own; processor time (user and system) of whole processes, so that what else runs matters little, and the ratio of each
pair. Threads: wall time of one and of four in turn, with the program's --jobs beside them; to be taken on a machine that does nothing else.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time

WAYS = {
    "lines": """
import sys, isnad
engine = isnad.Engine()
code = engine.code
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        try:
            out.write(code(line, kind="json").raw)
        except isnad.EmptyError:
            pass
""",
    "dicts": """
import sys, json, isnad
engine = isnad.Engine()
code = engine.code
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        article = json.loads(line)
        try:
            out.write(code(article["text"], published=None, outlet=article.get("src"), title=article.get("title")).raw)
        except isnad.EmptyError:
            pass
""",
    "code_many, one thread": """
import sys, isnad
engine = isnad.Engine()
with open(sys.argv[1], "rb") as lines:
    for record in engine.code_many(lines, kind="json", jobs=1, errors="skip"):
        out.write(record.raw)
""",
    "code_files, one job": """
import sys, isnad
for record in isnad.Engine().code_files(sys.argv[1], kind="json", jobs=1, errors="skip"):
    out.write(record.raw)
""",
    "lines, events as objects": """
import sys, isnad
engine = isnad.Engine()
with open(sys.argv[1], "rb") as lines:
    for record in engine.code_many(lines, kind="json", jobs=1, errors="skip"):
        for event in record.events:
            event.type, event.actors, event.recipients, event.start, event.end
""",
    "lines, all tables": """
import sys, isnad
engine = isnad.Engine()
builder = isnad.TableBuilder()
with open(sys.argv[1], "rb") as lines:
    for record in engine.code_many(lines, kind="json", jobs=1, errors="skip"):
        builder.add(record)
        if len(builder) == 1000:
            builder.take()
""",
}
MANY = """
import sys, isnad
engine = isnad.Engine()
n = 0
with open(sys.argv[1], "rb") as lines:
    for record in engine.code_many(lines, kind="json", jobs=int(sys.argv[2]), errors="skip"):
        n += len(record.raw)
"""


def run(command):
    """Processor and wall seconds of a process, and the load before it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    with open(os.devnull, "wb") as sink:
        subprocess.run(command, stdout=sink, check=True)
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def python(source, *arguments):
    return [sys.executable, "-c", "import sys\nout = sys.stdout.buffer\n" + source, *map(str, arguments)]


def cost(program, articles, rounds, ways):
    base = [program, "code", "--no-progress", "--jobs", "1", "--format", "jsonl", articles]
    print(f"{'processor seconds':28} {'program':>8} {'Python':>8} {'cost':>8}   each pair")
    for name, source in list(WAYS.items())[:ways]:
        pairs = [(run(base)[0], run(python(source, articles))[0]) for _ in range(rounds)]
        ratios = [b / a - 1 for a, b in pairs]
        print(f"{name:28} {statistics.median(a for a, _ in pairs):8.2f} {statistics.median(b for _, b in pairs):8.2f} "
              f"{statistics.median(ratios):8.1%}   " + " ".join(f"{r:+.1%}" for r in ratios), flush=True)


def threads(program, articles, rounds):
    print(f"load {os.getloadavg()[0]:.1f}, {len(os.sched_getaffinity(0))} processors")
    print(f"{'wall seconds':28} {'one':>8} {'four':>8} {'times':>8}   each pair")
    for name, make in (("code_many, threads", lambda jobs: python(MANY, articles, jobs)),
                       ("the program, --jobs", lambda jobs: [program, "code", "--no-progress", "--jobs", str(jobs), articles])):
        pairs = [(run(make(1))[1], run(make(4))[1]) for _ in range(rounds)]
        ratios = [a / b for a, b in pairs]
        print(f"{name:28} {statistics.median(a for a, _ in pairs):8.2f} {statistics.median(b for _, b in pairs):8.2f} "
              f"{statistics.median(ratios):8.2f}   " + " ".join(f"{r:.2f}" for r in ratios), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["cost", "threads"])
    parser.add_argument("--ways", type=int, default=len(WAYS), help="only the first ways of calling")
    arguments = parser.parse_args()
    if arguments.only != "threads":
        cost(arguments.program, arguments.articles, arguments.rounds, arguments.ways)
    if arguments.only != "cost":
        threads(arguments.program, arguments.articles, arguments.rounds)


if __name__ == "__main__":
    main()
