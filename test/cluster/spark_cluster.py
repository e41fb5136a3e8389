"""A standalone cluster of Spark on this machine's loopback: one master and workers of one core each, stopped at the end whatever happens."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pyspark

HOME = os.path.dirname(pyspark.__file__)
LOOPBACK = "127.0.0.1"


def free_port():
    with socket.socket() as s:
        s.bind((LOOPBACK, 0))
        return s.getsockname()[1]


class Cluster:
    def __init__(self, work, workers=2, memory="1g"):
        self.work, self.memory, self.processes = work, memory, []
        self.port, self.ui = free_port(), free_port()
        os.makedirs(work, exist_ok=True)
        self.url = f"spark://{LOOPBACK}:{self.port}"
        self.master = self._start("master", "org.apache.spark.deploy.master.Master", "--host", LOOPBACK, "--port", str(self.port), "--webui-port",
                                  str(self.ui))
        self.workers = [self.add_worker(i) for i in range(workers)]
        self.wait(workers)

    def _start(self, name, *args):
        log = open(f"{self.work}/{name}.log", "wb")
        environment = {**os.environ, "SPARK_HOME": HOME, "SPARK_LOCAL_IP": LOOPBACK, "PYSPARK_PYTHON": sys.executable,
                       "SPARK_WORKER_DIR": f"{self.work}/{name}", "SPARK_NO_DAEMONIZE": "1"}
        process = subprocess.Popen([f"{HOME}/bin/spark-class", *args], stdout=log, stderr=log, env=environment, start_new_session=True)
        self.processes.append(process)
        return process

    def add_worker(self, i):
        return self._start(f"worker{i}", "org.apache.spark.deploy.worker.Worker", self.url, "--cores", "1", "--memory", self.memory, "--host", LOOPBACK,
                           "--webui-port", "0")

    def wait(self, workers, seconds=90):
        end = time.time() + seconds
        while time.time() < end:
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"http://{LOOPBACK}:{self.ui}/json/", timeout=5) as answer:
                    if answer.read().decode().count('"ALIVE"') >= workers + 1:  # the master is alive too
                        return
            if any(p.poll() is not None for p in self.processes):
                break
            time.sleep(0.3)
        raise RuntimeError("the cluster did not come up:\n" + "\n".join(open(f"{self.work}/{n}.log").read()[-2000:] for n in ["master", "worker0"]))

    def kill_worker(self, i):
        """The worker with its executor and its Pythons, at once."""
        self._end(self.workers[i])

    @staticmethod
    def _end(process):
        """Everything of the session that the process began."""
        for line in subprocess.run(["ps", "-e", "-o", "pid=,sess="], capture_output=True, text=True).stdout.splitlines():
            pid, session = map(int, line.split())
            if session == process.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)

    def close(self):
        for process in self.processes:
            self._end(process)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def session(self, **settings):
        from pyspark.sql import SparkSession

        os.environ.update({"SPARK_LOCAL_IP": LOOPBACK, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable})
        builder = SparkSession.builder.master(self.url).appName("isnad")
        own = {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK, "spark.ui.enabled": "false", "spark.executor.memory": "640m",
               "spark.executor.cores": "1", "spark.driver.memory": "640m", "spark.sql.shuffle.partitions": "4", "spark.sql.adaptive.enabled": "true",
               "spark.local.dir": f"{self.work}/local", "spark.sql.warehouse.dir": f"{self.work}/warehouse",
               "spark.sql.execution.pythonUDF.arrow.enabled": "true", "spark.driver.extraJavaOptions": "-Dderby.system.home=" + self.work}
        own.update(settings)
        for name, value in own.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        return spark
