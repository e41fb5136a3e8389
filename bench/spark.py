#!/usr/bin/env python3
"""What isnad.spark costs on this machine: a standalone cluster of workers of one core each, on loopback.

    bench/spark.py scale ARTICLES.jsonl WORK [ROUNDS]    one worker against two, in turn: articles a second, processor time, their ratios. Beside other
                                                         work only the second ratio tells: the processor time of one worker by that of the busier of two
    bench/spark.py whole ARTICLES.jsonl WORK TIMES       the articles TIMES over, each time 400 days later, through to stories; with ISNAD (a program) in
                                                         the environment the same on one machine, and whether the tables are the same

Run it with the Python of build/cluster-venv (test/cluster/venv.sh makes it). Articles are JSON Lines with `published` or `time`.
"""

import contextlib
import datetime
import email.utils
import itertools
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "test" / "cluster"))

import spark_cluster  # noqa: E402

import isnad.spark  # noqa: E402

QUIET = {"spark.ui.showConsoleProgress": "false"}


def processor_time(cluster, of=None):
    """Seconds of user and system of all processes of the cluster, or of one worker; those that have ended and were waited for too."""
    sessions = {p.pid for p in ([of] if of else cluster.processes)}
    ticks = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) in sessions:
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def scale(articles, work, rounds):
    n = sum(1 for _ in open(articles, "rb"))
    print(f"{n} articles; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with open(articles, "rb") as lines, open(f"{work}/first.jsonl", "wb") as first:
        first.writelines(itertools.islice(lines, 4000))
    times, busiest = {1: [], 2: []}, {1: [], 2: []}
    for turn in range(rounds):
        for workers in (1, 2):
            with spark_cluster.Cluster(f"{work}/cluster", workers) as cluster:
                spark = cluster.session(**QUIET)
                isnad.spark.code(spark, [f"{work}/first.jsonl"], f"{work}/warm", part_bytes=1 << 20)  # Java has compiled, engines are open
                before, began = [processor_time(cluster, w) for w in cluster.workers], time.time()
                isnad.spark.code(spark, [articles], f"{work}/out", part_bytes=2 << 20)
                seconds = time.time() - began
                each = [processor_time(cluster, w) - b for w, b in zip(cluster.workers, before)]
                spent = sum(each)
                spark.stop()
                print(f"{workers} worker{'s' * (workers > 1)}: {seconds:6.1f} s, {n / seconds:6.0f} articles/s; {spent:6.1f} s of processor time, "
                      f"{n / spent:5.0f} articles a core and second; load {os.getloadavg()[0]:.1f}", flush=True)
                times[workers].append(seconds)
                busiest[workers].append(max(each))
    print(f"articles/s of two workers by one: {sum(times[1]) / sum(times[2]):.2f} (best of each: {min(times[1]) / min(times[2]):.2f}); "
          f"by processor time: {sum(busiest[1]) / sum(busiest[2]):.2f}")


def shifted(articles, to, times):
    n = 0
    with open(to, "w") as out:
        for turn in range(times):
            for line in open(articles):
                row = json.loads(line)
                written = row.pop("time", None) or row.get("published") or "2018-02-18"
                try:
                    when = datetime.datetime.fromisoformat(written)
                except ValueError:
                    when = email.utils.parsedate_to_datetime(written)
                row["published"] = (when + datetime.timedelta(days=400 * turn)).isoformat()
                for name in ("id", "docno", "url"):
                    if name in row and turn:
                        row[name] = f"{row[name]}?{turn}"
                print(json.dumps(row, ensure_ascii=False), file=out)
                n += 1
    return n


def whole(articles, work, times):
    lines = f"{work}/articles.jsonl"
    n = shifted(articles, lines, times)
    print(f"{n} articles, {os.path.getsize(lines) / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with spark_cluster.Cluster(f"{work}/cluster", 2, memory="2g") as cluster:
        spark = cluster.session(**QUIET, **{"spark.executor.memory": "1536m", "spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "8"})
        total = time.time()
        for name, step in (("code", lambda: isnad.spark.code(spark, [lines], f"{work}/out", part_bytes=8 << 20)),
                           ("tables", lambda: isnad.spark.tables(spark, f"{work}/out")),
                           ("stories", lambda: isnad.spark.stories(spark, f"{work}/out"))):
            before, began = processor_time(cluster), time.time()
            counts = step()
            print(f"{name:8} {time.time() - began:7.1f} s, {processor_time(cluster) - before:7.1f} s of processor time  {counts or ''}", flush=True)
        print(f"in all   {time.time() - total:7.1f} s; failed tasks: {failed_tasks(cluster)}", flush=True)
        spark.stop()
    program = os.environ.get("ISNAD")
    if program:
        database = f"{work}/news.db"
        for name in (database, database + "-wal", database + "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(name)
        for command in (["add", "--db", database, "--no-progress", lines], ["stories", "--db", database]):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
            subprocess.run([program, *command], check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(f"isnad {command[0]:8} {time.time() - began:7.1f} s, "
                  f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:7.1f} s of processor time", flush=True)
        return subprocess.run([sys.executable, HERE.parent / "test" / "cluster" / "same.py", database, f"{work}/out"]).returncode
    return 0


def failed_tasks(cluster):
    """Attempts of tasks after the first, by what executors say."""
    return sum(path.read_text(errors="replace").count("Exception in task") for path in pathlib.Path(cluster.work).glob("worker*/app-*/*/stderr"))


def main():
    what, articles, work = sys.argv[1:4]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    number = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    return scale(articles, work, number) if what == "scale" else whole(articles, work, number)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
