"""What the tests of the server share: a running `isnad serve`, requests that a usual client would not send, and the few rules of JSON Schema that
server/openapi.json uses. Servers listen on 127.0.0.1 only, at a free port, and are ended with the test."""
import atexit
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time

BUILD = os.environ["ISNAD_BUILD"]
SOURCE = os.environ["ISNAD_SOURCE"]
ISNAD = os.path.join(BUILD, "cli", "isnad")
with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8") as cache:
    SANITIZED = bool(re.search(r"^ISNAD_SANITIZE:\w+=.+$", cache.read(), re.M))
PATIENCE = 8 if SANITIZED else 2  # times as long as it should take: other programs run beside


def isnad(*arguments, **options):
    return subprocess.run([ISNAD, *arguments], check=True, capture_output=True, timeout=60 * PATIENCE, **options)


RUNNING = []


def end_all():
    """Whatever a test that failed left running."""
    for process in RUNNING:
        if process.poll() is None:
            process.kill()
            process.wait()


atexit.register(end_all)


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        self.body = body

    def json(self):
        return json.loads(self.body)


class Server:
    """`isnad serve` as a context; `arguments` behind --db."""

    def __init__(self, database, *arguments):
        self.process = subprocess.Popen([ISNAD, "serve", "--db", database, "--port", "0", *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        RUNNING.append(self.process)
        self.messages = []
        self.port = None
        self.ready = threading.Event()
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()
        if not self.ready.wait(30 * PATIENCE) or self.port is None:
            self.process.kill()
            raise RuntimeError("the server did not start: " + "".join(self.messages))

    def listen(self):
        for line in self.process.stderr:
            self.messages.append(line)
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                self.ready.set()
        self.ready.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self, number=signal.SIGTERM):
        """Ends it by a signal; returns the exit status and how long that took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(20 * PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.listener.join(5)
        self.process.stderr.close()
        return self.process.returncode, time.monotonic() - begun

    def get(self, path, method="GET", source=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30 * PATIENCE, source_address=source)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def json(self, path):
        answer = self.get(path)
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {answer.body[:300]!r}")
        return answer.json()

    def open(self, source="127.0.0.1"):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30 * PATIENCE, source_address=(source, 0))
        return connection

    def raw(self, data, source="127.0.0.1"):
        """Sends bytes as they are, takes all that comes until the other side ends or says no more for long."""
        with self.open(source) as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return take_all(connection)

    def memory(self, kind="RssAnon"):
        """Kilobytes of its own that stand in memory; RssFile: those of files that are mapped, the database above all."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return int(re.search(rf"{kind}:\s+(\d+)", status.read()).group(1))

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))


def take_all(connection):
    parts = []
    try:
        while True:
            part = connection.recv(65536)
            if not part:
                break
            parts.append(part)
    except OSError:
        pass
    return b"".join(parts)


# --- JSON Schema: the rules that the description uses, no others ---------------------------------------------------

KNOWN = {"type", "properties", "required", "items", "enum", "anyOf", "allOf", "$ref", "additionalProperties", "pattern", "minimum", "maximum",
         "minItems", "maxItems", "maxLength", "description", "default"}
TYPES = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, root, where="$"):
    """What is wrong with a value, by a schema; a rule that isn't known here is a fault too."""
    unknown = set(schema) - KNOWN
    if unknown:
        yield f"{where}: the schema has rules that this test doesn't know: {sorted(unknown)}"
    if "$ref" in schema:
        target = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from faults(value, target, root, where)
    for part in schema.get("allOf", ()):
        yield from faults(value, part, root, where)
    if "anyOf" in schema:
        tries = [list(faults(value, part, root, where)) for part in schema["anyOf"]]
        if all(tries):
            yield from min(tries, key=len)
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(is_type(value, name) for name in names):
        yield f"{where}: {json.dumps(value, ensure_ascii=False)[:80]} is no {' or '.join(names)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where}: {value!r} doesn't match {schema['pattern']}"
        if len(value) > schema.get("maxLength", len(value)):
            yield f"{where}: too long"
    if is_type(value, "number"):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield f"{where}: {value} is out of bounds"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{where}: {len(value)} items"
        for i, item in enumerate(value):
            if "items" in schema:
                yield from faults(item, schema["items"], root, f"{where}[{i}]")
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{where}: has no {name}"
        properties = schema.get("properties", {})
        more = schema.get("additionalProperties", True)
        for name, item in value.items():
            if name in properties:
                yield from faults(item, properties[name], root, f"{where}.{name}")
            elif more is False:
                yield f"{where}: has {name} too"
            elif isinstance(more, dict):
                yield from faults(item, more, root, f"{where}.{name}")
