#!/usr/bin/env python3
"""isnad fetch against servers on this machine: each test starts one, with a site of its own. test_fetch.py ISNAD"""
import email.utils
import gzip
import http.server
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ISNAD = sys.argv[1]
TEXT = "قال وزير الخارجية التونسي، السبت، إن البلدين اتفقا على فتح المعابر بينهما. وأضاف أن اللجنة تجتمع غدا في العاصمة تونس لبحث التفاصيل."
failures = 0


def page(n):
    return f"<html><head><title>خبر رقم {n} من تونس</title></head><body><article><h1>خبر رقم {n} من تونس</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode()


def rss(links):
    return ("<rss><channel><title>x</title>" + "".join(f"<item><title>خبر {u}</title><link>{u}</link></item>" for u in links) + "</channel></rss>").encode()


class Site:
    """A server; `paths` maps a path to bytes, to (status, fields, body), or to a function of the handler."""

    def __init__(self, paths):
        site = self
        self.log = []
        self.times = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.log.append(self.path)
                site.times.append(time.monotonic())
                answer = site.paths.get(self.path, (404, {}, b"none"))
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    return
                status, fields, body = answer if isinstance(answer, tuple) else (200, {}, answer)
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.paths = paths(self.root) if callable(paths) else paths
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def sources(*addresses):
    with open("sources.tsv", "w", encoding="utf-8") as file:
        file.write("address\tnote\n# ours\n" + "".join(f"{a}\tx\n" for a in addresses))


def fetch(*options, private=True, pause="0", timeout=60, start=False):
    command = [ISNAD, "fetch", "--state", "state", "--pause", pause, *(["--private"] if private else []), *options, "sources.tsv"]
    if start:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run = subprocess.run(command, capture_output=True, timeout=timeout, text=True)
    return run.returncode, run.stdout, run.stderr


def kept(name="a.warc.gz"):
    """The addresses of the records of an archive, and what isnad makes of it."""
    data = gzip.open(name).read().decode("utf-8", "replace")
    return [line.split(": ", 1)[1].strip() for line in data.split("\r\n") if line.startswith("WARC-Target-URI: ")]


def coded(name="a.warc.gz"):
    run = subprocess.run([ISNAD, "code", "-q", name], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def ask(file, question):
    database = sqlite3.connect(file)
    answer = database.execute(question).fetchone()[0]
    database.close()
    return answer


def expect(what, wanted, got):
    if wanted != got:
        raise AssertionError(f"{what}: {got!r}, not {wanted!r}")


def test_once():
    """A feed with its pages; a second run asks with its marks and gets nothing twice; a third gets what is new."""
    def feed(handler):
        if handler.headers.get("If-None-Match") == '"v1"' and not site.new:
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"ETag": '"v2"' if site.new else '"v1"', "Content-Type": "application/rss+xml"}, rss([f"{site.root}/{i}#part" for i in range(3 + site.new)] + ["/3?x=1&y=ب"])
    site = Site({"/feed": feed, **{f"/{i}": (200, {"Content-Type": "text/html; charset=utf-8"}, page(i)) for i in range(5)}})
    site.paths["/3?x=1&y=%d8%a8"] = site.paths["/3?x=1&y=%D8%A8"] = (200, {"Content-Type": "text/html"}, page(9))
    site.new = 0
    sources(site.root + "/feed")
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("exit", (0, ""), (code, err))
    expect("requests", 1 + 1 + 4, len(site.log))
    expect("first", ["/robots.txt", "/feed"], site.log[:2])
    expect("kept", 5, len(kept()))
    records = coded()
    expect("records", 4, len(records))
    expect("evidence", True, all(r["source"]["kind"] == "warc" and r["source"]["length"] > 100 for r in records))
    site.log.clear()
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("nothing new", (1, ["/robots.txt", "/feed"], True), (code, site.log, "1 unchanged" in out))
    site.new = 1
    site.log.clear()
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("one more", (0, ["/robots.txt", "/feed", "/3"]), (code, site.log))
    expect("records", 5, len(coded()))
    site.close()


def test_robots():
    """What robots.txt keeps from us isn't asked for; a robots.txt that fails closes the host for the run; without one all is open."""
    rules = (b"# x\nUser-agent: *\nDisallow: /\n\nUser-agent: other\nUser-Agent: ISNAD/2.0\nDisallow: /private\nAllow: /private/open\nDisallow: /*.php$\nDisallow: /caf%C3%A9\n")
    site = Site(lambda root: {"/robots.txt": rules, "/feed": rss([root + p for p in ("/1", "/private/2", "/private/open/3", "/a.php", "/a.php?x=1", "/café/4")]),
                              "/1": page(1), "/private/open/3": page(3), "/a.php?x=1": page(5)})
    sources(site.root + "/feed")
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("got", ["/1", "/a.php?x=1", "/private/open/3"], sorted(p for p in site.log if p not in ("/feed", "/robots.txt")))
    expect("refused", True, "3 refused" in out)
    site.close()
    failing = Site(lambda root: {"/robots.txt": (500, {}, b""), "/feed": rss([root + "/1"]), "/1": page(1)})
    sources(failing.root + "/feed")
    code, out, err = fetch("--warc", "b.warc.gz")
    expect("closed", (2, ["/robots.txt"]), (code, failing.log))
    failing.paths["/robots.txt"] = (302, {"Location": "/r2"}, b"")
    failing.paths["/r2"] = b"User-agent: isnad\nDisallow: /1\n"
    failing.log.clear()
    code, out, err = fetch("--warc", "b.warc.gz")
    expect("redirected", ["/robots.txt", "/r2", "/feed"], failing.log)
    failing.close()


def test_redirects():
    """A page that moved, also to another host; a circle ends."""
    other = Site({"/there": page(2)})
    site = Site(lambda root: {"/feed": (301, {"Location": "/feed2"}, b""), "/feed2": rss([root + "/moved", root + "/circle", root + "/away", root + "/bad"]),
                              "/moved": (302, {"Location": "1"}, b""), "/1": page(1), "/circle": (302, {"Location": "/circle2"}, b""),
                              "/circle2": (302, {"Location": "/circle"}, b""), "/away": (307, {"Location": other.root + "/there"}, b""),
                              "/bad": (302, {"Location": "file:///etc/hostname"}, b"")})
    sources(site.root + "/feed")
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("exit", 2, code)
    expect("kept", sorted([site.root + "/feed2", site.root + "/1", other.root + "/there"]), sorted(kept()))
    expect("circle", 6, site.log.count("/circle") + site.log.count("/circle2"))
    expect("told", True, "more than 5 times" in err and "can't be used" in err)
    expect("robots of both", ["/robots.txt", "/there"], other.log)
    site.log.clear()
    fetch("--warc", "a.warc.gz")
    expect("not again", False, "/circle" in site.log or "/1" in site.log)
    site.close(), other.close()


def test_limits():
    """Bodies without end, chunks without end, servers that say nothing: each ends, the next page is got."""
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def chunks(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"1\r\nx\r\n" * 10000)
        except OSError:
            pass

    def head(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while True:
                handler.wfile.write(b"X: " + b"y" * 10000 + b"\r\n")
        except OSError:
            pass

    def close(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def bomb(handler):
        return 200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, gzip.compress(b" " * (100 << 20))

    def good(handler):
        body = gzip.compress(page(3))
        handler.send_response(200)
        for name, value in (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Type", "text/html")):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    site = Site(lambda root: {"/feed": rss([root + p for p in ("/endless", "/chunks", "/head", "/close", "/bomb", "/good")]), "/endless": endless, "/chunks": chunks,
                              "/head": head, "/close": close, "/bomb": bomb, "/good": good, "/feed-bomb": bomb, "/no-feed": page(1), "/cut-feed": rss(["/x"])[:-30]})
    sources(*(site.root + p for p in ("/feed", "/feed-bomb", "/no-feed", "/cut-feed")))
    code, out, err = fetch("--warc", "a.warc.gz", timeout=120)
    expect("exit", 2, code)
    expect("got", True, site.root + "/good" in kept())
    expect("told", True, err.count("has more than") >= 2 and "is no feed" in err and "/close" in err)
    records = subprocess.run([ISNAD, "code", "-q", "a.warc.gz"], capture_output=True, text=True)
    expect("the good one", [site.root + "/no-feed", site.root + "/good"], [json.loads(line)["uri"] for line in records.stdout.splitlines()])
    site.close()


def test_slow():
    """A server that says nothing is left after --timeout of the library; here its default is too long, so only the others are waited for."""
    site = Site(lambda root: {"/feed": rss([root + f"/{i}" for i in range(4)]), **{f"/{i}": page(i) for i in range(4)}})
    sources(site.root + "/feed")
    fetch("--warc", "a.warc.gz", pause="0.3")
    gaps = [b - a for a, b in zip(site.times, site.times[1:])]
    expect("a pause between all", True, min(gaps) > 0.28)
    site.paths["/robots.txt"] = b"User-agent: isnad\nCrawl-delay: 0.5\n"
    site.paths["/feed"] = rss([site.root + "/4", site.root + "/5"])
    site.times.clear()
    fetch("--warc", "a.warc.gz")
    expect("the pause that is asked for", True, min(b - a for a, b in zip(site.times[1:], site.times[2:])) > 0.45)
    site.close()


def test_busy():
    """Retry-After: a short one is waited for, a long one is left to a later run and kept to by it; faults of the server are tried again later."""
    def busy(handler):
        if site.log.count("/busy") < 2:
            return 503, {"Retry-After": "1"}, b""
        return page(1)
    later = email.utils.formatdate(time.time() + 7200, usegmt=True)
    site = Site(lambda root: {"/feed": rss([root + "/busy", root + "/fault"]), "/busy": busy, "/fault": (500, {}, b"")})
    far = Site(lambda root: {"/feed": (429, {"Retry-After": later}, b"")})
    sources(site.root + "/feed", far.root + "/feed")
    begin = time.monotonic()
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("waited", True, 1 <= time.monotonic() - begin < 20)
    expect("exit", 2, code)
    expect("came back", True, site.root + "/busy" in kept())
    expect("far", ["/robots.txt", "/feed"], far.log)
    fetch("--warc", "a.warc.gz")
    expect("left alone", ["/robots.txt", "/feed"], far.log)
    expect("back-off", 1, site.log.count("/fault"))
    site.close(), far.close()


def test_private():
    """Nothing is fetched from this machine unless it is allowed, by whatever name."""
    site = Site({"/feed": rss([])})
    port = site.root.rsplit(":", 1)[1]
    sources(site.root + "/feed", f"http://localhost:{port}/feed", f"http://[::1]:{port}/feed", f"http://0.0.0.0:{port}/feed", f"http://2130706433:{port}/feed",
            "http://[::ffff:127.0.0.1]:" + port + "/feed")
    code, out, err = fetch("--warc", "a.warc.gz", private=False)
    expect("nothing", (2, []), (code, site.log))
    site.close()
    for bad in ("ftp://example.org/x", "file:///etc/hostname", "no address", "http://"):
        sources(bad)
        expect(bad, 2, fetch("--warc", "b.warc.gz")[0])


def test_lists():
    """An OPML list, an index of sitemaps, a packed sitemap, a JSON feed; a list of itself ends."""
    site = Site(lambda root: {
        "/list.opml": f'<opml><body><outline text="a"><outline xmlUrl="{root}/feed.json"/></outline><outline xmlUrl="/index.xml"/></body></opml>'.encode(),
        "/feed.json": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": root + "/1"}]}).encode(),
        "/index.xml": f"<sitemapindex><sitemap><loc>{root}/map.xml.gz</loc></sitemap><sitemap><loc>{root}/index.xml</loc></sitemap></sitemapindex>".encode(),
        "/map.xml.gz": gzip.compress(f"<urlset><url><loc>{root}/2</loc></url><url><loc>{root}/1</loc></url></urlset>".encode()),
        "/1": page(1), "/2": page(2)})
    sources(site.root + "/list.opml")
    code, out, err = fetch("--warc", "a.warc.gz")
    expect("got", [1, 1], [site.log.count("/1"), site.log.count("/2")])
    expect("ends", True, site.log.count("/index.xml") <= 2)
    site.close()


def test_killed():
    """Killed again and again: every page is got, the archive is whole and holds each page once, though one may have been asked for twice."""
    n = 30
    site = Site(lambda root: {"/feed": (200, {"ETag": '"x"'}, rss([root + f"/{i}" for i in range(n)])), **{f"/{i}": page(i) for i in range(n)}})
    sources(site.root + "/feed")
    kills = 0
    for after in (0.15, 0.25, 0.2, 0.35, 0.3):
        run = fetch("--warc", "a.warc.gz", pause="0.03", start=True)
        time.sleep(after)
        if run.poll() is None:
            run.send_signal(signal.SIGKILL)
            kills += 1
        run.communicate()
        # what a crash in the middle of a write leaves behind
        if os.path.exists("a.warc.gz") and kills == 2:
            with open("a.warc.gz", "ab") as file:
                file.write(gzip.compress(b"half a record")[:-9])
    code, out, err = fetch("--warc", "a.warc.gz", pause="0")
    expect("exit", True, code in (0, 1))
    pages = sorted(u for u in kept() if not u.endswith("/feed"))
    expect("killed", True, kills >= 2)
    expect("each once", sorted(f"{site.root}/{i}" for i in range(n)), pages)
    expect("records", n, len(coded()))
    expect("asked", True, all(site.log.count(f"/{i}") <= 2 for i in range(n)))
    expect("state", n, ask("state/fetch.sqlite", "SELECT count(*) FROM visit WHERE page = 1 AND wish = 1"))
    # Ctrl-C ends it cleanly.
    site.paths["/feed"] = rss([f"{site.root}/late{i}" for i in range(50)])
    run = fetch("--warc", "a.warc.gz", pause="0.2", start=True)
    time.sleep(0.8)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    expect("stopped", (130, True), (run.returncode, b"the same command goes on" in err))
    site.close()


def test_database():
    """Straight into a database."""
    site = Site(lambda root: {"/feed": rss([root + "/1", root + "/2"]), "/1": page(1), "/2": page(2)})
    sources(site.root + "/feed")
    code, out, err = fetch("--db", "news.db")
    expect("exit", (0, True), (code, "2 articles added" in err))
    check = subprocess.run([ISNAD, "check", "--db", "news.db"], capture_output=True, text=True)
    expect("good", 0, check.returncode)
    expect("articles", 2, ask("news.db", "SELECT count(*) FROM articles"))
    expect("archives", 1, len([n for n in os.listdir("state") if n.endswith(".warc.gz")]))
    site.close()


for name, test in list(globals().items()):
    if not name.startswith("test_") or (len(sys.argv) > 2 and name not in sys.argv[2:]):
        continue
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        before = time.monotonic()
        try:
            test()
            print(f"{name}: good, {time.monotonic() - before:.1f} s")
        except Exception as error:
            failures += 1
            print(f"{name}: {type(error).__name__}: {error}")
        os.chdir("/")
sys.exit(failures > 0)
