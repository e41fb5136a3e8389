"""spark_job.py WORK: a real cluster codes WORK/data into WORK/tables and makes the stories, while workers are killed."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

import isnad.spark
import spark_cluster

work = sys.argv[1]
data = [f"{work}/data/{name}" for name in ("lines.jsonl", "crawl.warc.gz", "plain.warc", "pages")]


def kill_when(spark, cluster, worker, tasks):
    """Kills a worker once a stage of some length has so many tasks behind it, and starts another in its place. Returns what says whether it did."""
    did = []

    def watch():
        tracker = spark.sparkContext.statusTracker()
        while not ended.is_set():
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info and info.numTasks > tasks and info.numCompletedTasks >= tasks:
                    cluster.kill_worker(worker)
                    did.append((info.numCompletedTasks, info.numTasks))
                    cluster.workers.append(cluster.add_worker(len(cluster.workers)))
                    return
            time.sleep(0.05)

    ended = threading.Event()
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()

    def end():
        ended.set()
        thread.join()
        assert did, "no worker was killed: the stage was over too soon"
        return did[0]

    return end


def main():
    began = time.time()

    def tell(what):
        print(f"{time.time() - began:6.1f} s  {what}", flush=True)

    with spark_cluster.Cluster(work + "/cluster") as cluster:
        spark = cluster.session(**{"spark.ui.showConsoleProgress": "false"})
        tell("a master and two workers are up")

        lines = spark.sparkContext.textFile(data[0], 6)
        piped = sorted(lines.pipe(f"{shutil.which('isnad')} code --pipe").collect())
        alone = subprocess.run(["isnad", "code", "--pipe"], stdin=open(data[0], "rb"), stdout=subprocess.PIPE, check=True).stdout.decode()

        def without_line(answers):  # a part of the lines has its own numbers
            return sorted(json.dumps({**a, "error": {**a["error"], "line": 0}} if "error" in a else a) for a in map(json.loads, answers))

        assert without_line(piped) == without_line(alone.splitlines()), "rdd.pipe answers otherwise"
        tell(f"rdd.pipe gave the same {len(piped)} answers")

        end = kill_when(spark, cluster, 0, 3)
        isnad.spark.code(spark, data, work + "/tables", part_bytes=96 << 10)
        tell("coded; a worker was killed after %d of %d parts" % end())
        counts = isnad.spark.tables(spark, work + "/tables")
        tell(f"tables: {counts}")
        end = kill_when(spark, cluster, 1, 2)
        counts = isnad.spark.stories(spark, work + "/tables", slice_articles=100)
        tell("stories: %s; a worker was killed after %d of %d tasks" % (counts, *end()))
        spark.stop()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
