"""The server from outside: each route against its description, caching, packing, static files, the token, and what an attacker or a broken client
might send (class Hostile lists it)."""
import gzip
import json
import os
import shutil
import signal
import socket
import sqlite3
import struct
import tempfile
import threading
import time
import unittest
import urllib.parse

from serving import ISNAD, PATIENCE, SANITIZED, SOURCE, Server, faults, isnad, take_all

TOKEN = "fedcba9876543210fedcba98"
SCRIPT = "<script>alert('isnad')</script>"
# Words of our own; what is hostile stands where a careless page would put it into HTML.
HOSTILE = [
    {"id": "h1", "url": "javascript:alert(1)//" + SCRIPT, "outlet": '"><img src=x onerror=alert(1)>', "published": "2022-05-01",
     "title": SCRIPT + " وزير الخارجية المصري يزور بغداد", "text": "زار وزير الخارجية المصري سامح شكري بغداد اليوم والتقى نظيره العراقي. " + SCRIPT},
    {"id": "h2'; DROP TABLE articles;--", "url": "https://example.org/%00%0d%0aSet-Cookie:x=1", "outlet": "../../etc/passwd", "published": "2022-05-02",
     "title": "\u202e\u0007</title><svg onload=alert(1)>", "text": "قال المتحدث باسم الوزارة \"" + SCRIPT + "\" إن الاجتماع ألغي في دمشق. \u2028\u2029"},
    {"id": "h3", "url": "data:text/html," + SCRIPT, "outlet": "{{7*7}}${7*7}", "published": "2022-05-03", "title": "]]>--><!--",
     "text": "اجتمع رئيس الوزراء العراقي مصطفى الكاظمي مع السفير الأمريكي في بغداد."},
]
WORK = None
DB = None
WEB = None
with open(os.path.join(SOURCE, "server", "openapi.json"), encoding="utf-8") as description:
    OPENAPI = json.load(description)


def setUpModule():
    global WORK, DB, WEB
    WORK = tempfile.mkdtemp(prefix="isnad-server-")
    DB = os.path.join(WORK, "news.db")
    WEB = os.path.join(WORK, "web")
    examples = os.path.join(SOURCE, "examples")
    isnad("add", "--db", DB, "--metadata", os.path.join(examples, "metadata.tsv"), os.path.join(examples, "articles"), os.path.join(examples, "feeds"))
    write("hostile.jsonl", "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in HOSTILE))
    isnad("add", "--db", DB, os.path.join(WORK, "hostile.jsonl"))
    isnad("stories", "--db", DB)
    for name, text in {"index.html": "<!doctype html><title>isnad</title>", "en/index.html": "<!doctype html><html lang=en><title>isnad</title>",
                       "assets/app-AbC_12-4.js": "console.log(1);\n" * 1000, "assets/app.js": "1", "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
                       "limits.json": "{}", ".env": "secret", "a b.txt": "blank"}.items():
        write(os.path.join("web", name), text)
    os.symlink("/etc/passwd", os.path.join(WEB, "passwd.txt"))


def tearDownModule():
    shutil.rmtree(WORK)


def write(name, text, mode="w"):
    path = os.path.join(WORK, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, **({} if "b" in mode else {"encoding": "utf-8"})) as file:
        file.write(text)
    return path


def request(path, *headers, host="localhost", keep=False):
    last = () if keep or any(h.startswith("Connection:") for h in headers) else ("Connection: close",)
    return ("\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", *headers, *last, "", ""])).encode("utf-8", "surrogateescape")


def status_of(raw):
    """The status of a raw answer; 0: none came."""
    return int(raw.split(b" ", 2)[1]) if raw.startswith(b"HTTP/1.") else 0



class Serving(unittest.TestCase):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(DB, "--web", WEB, *cls.arguments)

    @classmethod
    def tearDownClass(cls):
        code, seconds = cls.server.end()
        messages = "".join(cls.server.messages)
        assert code == 0, (code, messages)
        assert seconds < 2 * PATIENCE, seconds
        assert "ERROR" not in messages and "runtime error" not in messages, messages

    def get(self, path, *rest, **headers):
        return self.server.get(path, *rest, **headers)

    def alive(self):
        self.assertEqual(self.get("/api/v1/openapi.json").status, 200)


class Routes(Serving):
    """Each route of the description, with real answers held against its schema."""

    def values(self):
        """Keys for paths: of what the database really holds."""
        articles = self.server.json("/api/v1/articles?limit=200")["rows"]
        stories = self.server.json("/api/v1/stories")["rows"]
        return {"article": [a["article"] for a in articles], "story": [s["story"] for s in stories],
                "actor": ["EGY", "IRQ", "sameh-shoukry", "x-JOR-da8c6fafbcd4677c"], "outlet": sorted({a["outlet"] for a in articles if a["outlet"]}),
                "format": ["jsonl", "events", "gexf"]}

    def check(self, path, schema):
        answer = self.get(path)
        self.assertEqual(answer.status, 200, f"{path}: {answer.body[:300]}")
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(list(faults(answer.json(), schema, OPENAPI))[:5], [], path)
        return answer.json()

    def test_every_route(self):
        values, paths = self.values(), OPENAPI["paths"]
        self.assertTrue(values["article"] and values["story"] and values["outlet"])
        for pattern, item in paths.items():
            if pattern.startswith("/export/"):
                continue
            schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            keys = [name for name in values if "{" + name + "}" in pattern]
            for value in values[keys[0]] if keys else [""]:
                path = pattern.replace("{" + keys[0] + "}", urllib.parse.quote(str(value), safe="")) if keys else pattern
                if pattern == "/dyad":
                    path += "?a=IRQ&b=JOR"
                with self.subTest(path):
                    self.check("/api/v1" + path, schema)

    def test_schema_check_can_fail(self):
        schema = OPENAPI["paths"]["/events"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = self.server.json("/api/v1/events?limit=1")
        self.assertEqual(list(faults(answer, schema, OPENAPI)), [])
        for spoil in (lambda a: a.pop("more"), lambda a: a.update(more=1), lambda a: a.update(extra=1), lambda a: a["rows"][0].update(quad=9),
                      lambda a: a["rows"][0].pop("actor"), lambda a: a["rows"][0].update(published="yesterday")):
            spoiled = json.loads(json.dumps(answer))
            spoil(spoiled)
            self.assertTrue(list(faults(spoiled, schema, OPENAPI)), spoil)

    def test_every_parameter(self):
        """Each parameter of each list is taken, and changes nothing of the answer's shape."""
        good = {"q": "بغداد", "actor": "JOR", "by": "JOR", "to": "IRQ", "about": "IRQ", "outlet": "قناة الأفق", "country": "IRQ", "type": "CONSULT", "status": "actual",
                "quad": "1", "since": "2018", "until": "2024-12-31", "order": "oldest", "offset": "1", "limit": "2", "sort": "newest", "period": "year",
                "a": "IRQ", "b": "JOR"}
        for pattern, item in OPENAPI["paths"].items():
            names = [OPENAPI["components"]["parameters"][p["$ref"].rsplit("/", 1)[1]]["name"] for p in item["get"].get("parameters", ()) if "$ref" in p]
            if "{" in pattern:
                continue
            schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            always = {"a": "IRQ", "b": "JOR"} if pattern == "/dyad" else {}
            for name in names:
                with self.subTest(f"{pattern}?{name}"):
                    self.check(f"/api/v1{pattern}?" + urllib.parse.urlencode({**always, name: good[name]}), schema)

    def test_pages_of_a_list(self):
        everything = self.server.json("/api/v1/events?limit=200")
        self.assertGreater(len(everything["rows"]), 10)
        self.assertFalse(everything["more"])
        rows = []
        for offset in range(0, 200, 7):
            answer = self.server.json(f"/api/v1/events?offset={offset}&limit=7")
            rows += answer["rows"]
            self.assertEqual((answer["offset"], answer["limit"]), (offset, 7))
            self.assertEqual(answer["total"], len(everything["rows"]))
            if not answer["more"]:
                break
        self.assertEqual(rows, everything["rows"])
        beyond = self.server.json("/api/v1/events?offset=10000")
        self.assertEqual((beyond["rows"], beyond["more"]), ([], False))
        self.assertEqual(self.server.json("/api/v1/events")["limit"], 50)

    def test_refusals(self):
        for path, status in {"/api/v1/nothing": 404, "/api": 404, "/api/v1/events?nothing=1": 400, "/api/v1/events?limit=1000": 400,
                             "/api/v1/events?since=yesterday": 400, "/api/v1/events?type=FROWN": 400, "/api/v1/events?quad=7": 400,
                             "/api/v1/articles/999999": 404, "/api/v1/stories/99999999": 404, "/api/v1/stories/99999999/facts": 404,
                             "/api/v1/outlets/nobody": 404, "/api/v1/actors/%D9%82%D9%82%D9%82%D9%82%D9%82%D9%82": 404, "/api/v1/export/pdf": 404,
                             "/api/v1/articles?q=%28": 400, "/api/v1/dyad?a=IRQ": 400}.items():
            with self.subTest(path):
                answer = self.get(path)
                self.assertEqual(answer.status, status, answer.body)
                self.assertEqual(list(faults(answer.json(), OPENAPI["components"]["schemas"]["Error"], OPENAPI)), [])
                self.assertEqual(answer.json()["error"]["status"], status)
                self.assertEqual(answer.headers["cache-control"], "no-store")
                self.assertNotIn(WORK, answer.body.decode())
                self.assertNotIn("--", answer.json()["error"]["message"])

    def test_twins(self):
        values = self.values()
        story, article = values["story"][0], values["article"][0]
        outlet = urllib.parse.quote(values["outlet"][0])
        for page, route in {"/": "front", "/stories": "stories", f"/stories/{story}": f"stories/{story}", f"/articles/{article}": f"articles/{article}",
                            "/actors": "actors", "/actors/EGY": "actors/EGY", "/events": "events", "/quotes": "quotes", "/outlets": "outlets",
                            f"/outlets/{outlet}": f"outlets/{outlet}", "/search": "articles"}.items():
            for language in ("ar", "en"):
                with self.subTest(page):
                    shown = self.get(f"/{language}{page}")
                    self.assertEqual((shown.status, shown.headers["content-type"]), (200, "text/html; charset=utf-8"))
                    twin = f"/{language}{page.rstrip('/')}.json"
                    self.assertIn(twin if page != "/" else f"/{language}.json", shown.headers["link"])
                    self.assertEqual(self.get(twin).json(), self.server.json(f"/api/v1/{route}"))
        self.assertEqual(self.get("/ar/search.json?q=%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF&limit=3").json(), self.server.json("/api/v1/articles?q=%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF&limit=3"))
        self.assertEqual(self.get("/en/limits.json").body, b"{}")

    def test_exports(self):
        for name in OPENAPI["paths"]["/export/{format}"]["get"]["parameters"][0]["schema"]["enum"]:
            with self.subTest(name):
                answer = self.get(f"/api/v1/export/{name}")
                self.assertEqual(answer.status, 200)
                self.assertIn("attachment; filename=\"isnad-" + name, answer.headers["content-disposition"])
                self.assertIn(answer.headers["content-type"].split(";")[0], OPENAPI["paths"]["/export/{format}"]["get"]["responses"]["200"]["content"])
                told = isnad("export", "--db", DB, name).stdout
                if name in ("gexf", "graphml"):  # the same network, its sides told in the order in which they were met
                    self.assertEqual(answer.body.count(b"<edge"), told.count(b"<edge"))
                else:
                    self.assertEqual(sorted(answer.body.splitlines()), sorted(told.splitlines()))
                packed = self.get(f"/api/v1/export/{name}", Accept_Encoding="gzip")
                self.assertEqual(packed.headers["content-encoding"], "gzip")
                self.assertEqual(gzip.decompress(packed.body), answer.body)
        few = self.get("/api/v1/export/jsonl?outlet=" + urllib.parse.quote("قناة الأفق")).body.splitlines()
        self.assertTrue(few)
        self.assertEqual({json.loads(line)["outlet"] for line in few}, {"قناة الأفق"})
        self.assertEqual(self.get("/api/v1/export/events?since=x").status, 400)
        self.assertEqual(self.get("/api/v1/export/events", "HEAD").body, b"")


class Transport(Serving):
    """Tags, packing, HEAD, headers, static files."""

    def test_tags(self):
        for path in ("/api/v1/status", "/api/v1/events?limit=3", "/api/v1/openapi.json", "/en/", "/assets/app-AbC_12-4.js", "/ar/outlets.json"):
            with self.subTest(path):
                first = self.get(path)
                tag = first.headers["etag"]
                again = self.get(path, If_None_Match=f'"other", {tag}')
                self.assertEqual((again.status, again.body), (304, b""))
                self.assertEqual(again.headers["etag"], tag)
                self.assertEqual(self.get(path, If_None_Match='"other"').body, first.body)
        self.assertNotEqual(self.get("/api/v1/events?limit=3").headers["etag"], self.get("/api/v1/events?limit=4").headers["etag"])

    def test_gzip(self):
        for path in ("/api/v1/events", "/assets/app-AbC_12-4.js"):
            plain, packed = self.get(path), self.get(path, Accept_Encoding="br, gzip;q=0.8")
            self.assertNotIn("content-encoding", plain.headers)
            self.assertEqual(packed.headers["content-encoding"], "gzip")
            self.assertEqual(gzip.decompress(packed.body), plain.body)
            self.assertLess(len(packed.body), len(plain.body) / 2)
            self.assertIn("Accept-Encoding", packed.headers["vary"])
            self.assertNotIn("content-encoding", self.get(path, Accept_Encoding="gzip;q=0").headers)
        self.assertNotIn("content-encoding", self.get("/api/v1/events?limit=1&since=1990&until=1991", Accept_Encoding="gzip").headers)

    def test_head(self):
        for path in ("/api/v1/status", "/api/v1/events", "/en/", "/icon.svg", "/api/v1/nothing", "/nothing", "/"):
            with self.subTest(path):
                get, head = self.get(path), self.get(path, "HEAD")
                self.assertEqual((head.status, head.body), (get.status, b""))
                self.assertEqual(head.headers.get("content-length"), get.headers.get("content-length"))
                self.assertEqual(head.headers.get("etag"), get.headers.get("etag"))

    def test_headers_of_every_answer(self):
        for path in ("/", "/ar", "/en/", "/api/v1/status", "/api/v1/x", "/nothing", "/icon.svg", "/api/v1/export/events", "/assets/app.js"):
            with self.subTest(path):
                headers = self.get(path).headers
                policy = headers["content-security-policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertNotIn("unsafe", policy)
                self.assertEqual(headers["x-content-type-options"], "nosniff")
                self.assertEqual(headers["x-frame-options"], "DENY")
                self.assertEqual(headers["referrer-policy"], "no-referrer")
                self.assertEqual(headers["cross-origin-opener-policy"], "same-origin")
                self.assertEqual(headers["cross-origin-resource-policy"], "same-origin")
                self.assertFalse([name for name in headers if name.startswith("access-control")])

    def test_files(self):
        script = self.get("/assets/app-AbC_12-4.js")
        self.assertEqual(script.headers["content-type"], "text/javascript; charset=utf-8")
        self.assertIn("immutable", script.headers["cache-control"])
        self.assertEqual(self.get("/assets/app.js").headers["cache-control"], "no-cache")
        self.assertEqual(self.get("/icon.svg").headers["content-type"], "image/svg+xml")
        self.assertEqual(self.get("/en/").body, b"<!doctype html><html lang=en><title>isnad</title>")
        self.assertEqual(self.get("/ar/").body, b"<!doctype html><title>isnad</title>")
        missing = self.get("/assets/app-00000000.js")
        self.assertEqual((missing.status, missing.headers["content-type"]), (404, "application/json"))
        page = self.get("/ar/nothing")
        self.assertEqual((page.status, page.headers["content-type"], page.headers["cache-control"]), (404, "text/html; charset=utf-8", "no-store"))
        for path in ("/.env", "/passwd.txt", "/index.html/", "/assets/", "/assets"):
            self.assertEqual(self.get(path).status, 404, path)

    def test_home(self):
        for languages, to in {"": "/ar/", "en": "/en/", "ar,en;q=0.5": "/ar/", "en-GB;q=0.9,ar;q=0.2": "/en/", "fr": "/ar/"}.items():
            answer = self.get("/", Accept_Language=languages)
            self.assertEqual((answer.status, answer.headers["location"]), (302, to))
        self.assertEqual(self.get("/en").headers["location"], "/en/")

    def test_kept_connection(self):
        with self.server.open() as connection:
            for _ in range(3):
                connection.sendall(request("/api/v1/openapi.json", keep=True))
                data = b""
                while not data.endswith(b"}\n"):
                    data += connection.recv(65536)
                self.assertEqual(status_of(data), 200)


class Hostile(Serving):
    """Input that nobody sends by mistake. Each kind has its test; after each the server still serves."""
    arguments = ()

    def tearDown(self):
        self.alive()

    def test_script_in_articles(self):
        """Script in titles, outlets, addresses and texts comes out as JSON that no browser takes for a page."""
        found = [row for row in self.server.json("/api/v1/articles?limit=200")["rows"] if row["published"] and row["published"].startswith("2022-05-0")]
        self.assertEqual(len(found), 3)
        self.assertIn(SCRIPT, json.dumps(found, ensure_ascii=False))
        for row in found:
            for path in (f"/api/v1/articles/{row['article']}", f"/en/articles/{row['article']}.json", "/api/v1/outlets/" + urllib.parse.quote(row["outlet"], safe=""),
                         "/api/v1/articles?outlet=" + urllib.parse.quote(row["outlet"])):
                answer = self.get(path)
                self.assertEqual(answer.status, 200, path)
                self.assertEqual((answer.headers["content-type"], answer.headers["x-content-type-options"]), ("application/json", "nosniff"))
                answer.json()
            page = self.get(f"/en/articles/{row['article']}")
            self.assertEqual(page.body, self.get("/en/").body)  # nothing of an article is ever put into HTML

    def test_script_in_requests(self):
        """Script in queries, names and paths comes back only in JSON, and in no header."""
        evil = urllib.parse.quote(SCRIPT + "\"'><img src=x onerror=alert(1)>", safe="")
        for path in (f"/en/search?q={evil}", f"/en/actors/{evil}", f"/{evil}", f"/en/{evil}", f"/api/{evil}", f"/api/v1/actors/{evil}", f"/api/v1/articles?q={evil}",
                     f"/api/v1/events?{evil}=1", f"/api/v1/events?type={evil}", f"/api/v1/events?actor={evil}", f"/api/v1/outlets/{evil}", f"/api/v1/export/{evil}"):
            with self.subTest(path):
                answer = self.get(path)
                self.assertIn(answer.status, (200, 400, 404))
                if answer.headers["content-type"].startswith("text/html"):
                    self.assertNotIn(b"alert", answer.body)
                else:
                    self.assertEqual(answer.headers["content-type"], "application/json")
                    answer.json()
                self.assertNotIn("<script", str(answer.headers))

    def test_sql_and_search_syntax(self):
        for words in ("' OR 1=1 --", "\"; DROP TABLE articles; --", "NEAR(a b, 99999)", "a" * 900, "((((((((((" * 20, "* * *", "text : x", "facets : \"o:x\"", "a AND OR b",
                      "-" * 500, "\"", "{x}", "^x", "NOT NOT NOT x", "\u202e\u0301\u0640", "x*" * 100):
            with self.subTest(words[:30]):
                for name in ("q", "actor", "outlet", "country", "type", "since"):
                    answer = self.get(f"/api/v1/events?{name}=" + urllib.parse.quote(words))
                    self.assertIn(answer.status, (200, 400, 404), answer.body)
                    answer.json()
        self.assertGreater(len(self.server.json("/api/v1/articles?limit=200")["rows"]), 10)

    def test_path_traversal(self):
        for path in ("/../../../../etc/passwd", "/assets/../../../etc/passwd", "/..", "/.", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e%2fetc%2fpasswd",
                     "/..%5c..%5cetc%5cpasswd", "/....//....//etc/passwd", "/assets/%2e%2e/%2e%2e/news.db", "/../news.db", "/%252e%252e/etc/passwd", "//etc/passwd", "/etc/passwd",
                     "/%c0%ae%c0%ae/etc/passwd", "/%e0%80%ae%e0%80%ae/etc/passwd", "/\\..\\..\\etc\\passwd", "/assets/%00../index.html", "/index.html%00.js", "/passwd.txt",
                     "/web/../news.db", "file:///etc/passwd", "/en/../../news.db", "/en/..%2f..%2fnews.db.json", "/api/v1/outlets/..%2f..%2fetc%2fpasswd", "/api/v1/export/..%2f..%2fx"):
            with self.subTest(path):
                raw = self.server.raw(request(path))
                named = path == "/api/v1/outlets/..%2f..%2fetc%2fpasswd"  # an outlet is called so (HOSTILE)
                self.assertIn(status_of(raw), (200,) if named else (400, 404), raw[:200])
                self.assertNotIn(b"root:", raw)
                self.assertNotIn(b"SQLite format", raw)

    def test_broken_encodings(self):
        for path in ("/%", "/%z1", "/%1", "/a%00b", "/%ff%fe", "/%c3%28", "/%ed%a0%80", "/%f5%80%80%80", "/api/v1/articles?q=%", "/api/v1/articles?q=%ff", "/api/v1/articles?q=a%00b",
                     "/api/v1/articles?q=%e2%82", "/api/v1/articles?%ff=1", "/api/v1/actors/%ff", "/api/v1/articles?q=%1b%5b2J", "/api/v1/articles?q=1&q=2", "/api/v1/articles?q=\udcff"):
            with self.subTest(path):
                self.assertEqual(status_of(self.server.raw(request(path))), 400)
        raw = self.server.raw(request("/api/v1/articles?q=" + "بغداد"))  # letters as they are: not by the book, but harmless
        self.assertEqual(status_of(raw), 200)

    def test_wrong_methods(self):
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 100):
            with self.subTest(method):
                raw = self.server.raw(f"{method} /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                self.assertEqual(status_of(raw), 405)
                self.assertIn(b"Allow: GET, HEAD", raw)

    def test_bodies(self):
        """A body isn't read, and never taken for the next request."""
        smuggled = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for head in (f"Content-Length: {len(smuggled)}", "Transfer-Encoding: chunked", "Content-Length: 99999999999", "Content-Length: 99999999999999999999999"):
            for method in ("GET", "POST"):
                raw = self.server.raw(f"{method} /api/v1/status HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode() + smuggled)
                self.assertIn(status_of(raw), (400, 405, 413), raw[:100])
                self.assertEqual(raw.count(b"HTTP/1.1 200"), 0)  # (libmicrohttpd tells the head of its own 413 twice)
        raw = self.server.raw(b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled)
        self.assertEqual(raw.count(b"HTTP/1.1 200"), 0)

    def test_malformed_requests(self):
        for data in (b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"\x00" * 1000, b"\xff" * 1000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
                     b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\nHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n", b"GET  /  HTTP/1.1\r\nHost: localhost\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                     b"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET http://localhost/api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            with self.subTest(data[:30]):
                raw = self.server.raw(data)
                self.assertNotEqual(status_of(raw), 500)
                self.alive()

    def test_hosts(self):
        """A page of another site whose name was made to point to this machine gets nothing."""
        for host, status in {"localhost": 200, "127.0.0.1": 200, "[::1]:8080": 200, "LocalHost:1": 200, "evil.example": 421, "localhost.evil.example": 421,
                             "127.0.0.1.evil.example": 421, "169.254.169.254": 421, "": 421, "localhost:80:80": 421}.items():
            with self.subTest(host):
                self.assertEqual(status_of(self.server.raw(request("/api/v1/openapi.json", host=host))), status)
        self.assertEqual(status_of(self.server.raw(b"GET /api/v1/openapi.json HTTP/1.1\r\n\r\n")), 400)
        self.assertIn(status_of(self.server.raw(b"GET /api/v1/openapi.json HTTP/1.0\r\n\r\n")), (400, 421))
        self.assertIn(status_of(self.server.raw(request("/api/v1/openapi.json", "Host: evil.example"))), (400, 421))

    def test_oversized(self):
        self.assertEqual(status_of(self.server.raw(request("/" + "a" * 4200))), 414)
        self.assertIn(status_of(self.server.raw(request("/" + "a" * 100000))), (0, 400, 413, 414, 431))
        self.assertEqual(status_of(self.server.raw(request("/api/v1/articles?q=" + "a" * 1001))), 400)
        self.assertEqual(status_of(self.server.raw(request("/api/v1/articles?" + "&".join(f"p{i}=1" for i in range(40))))), 400)
        self.assertEqual(status_of(self.server.raw(request("/" + "/a" * 2000))), 400)
        for headers in (["X: " + "a" * 60000], [f"X{i}: " + "a" * 100 for i in range(1000)], ["Cookie: " + "isnad_token=a; " * 5000], ["If-None-Match: " + '"x",' * 20000]):
            raw = self.server.raw(request("/api/v1/openapi.json", *headers))
            self.assertIn(status_of(raw), (0, 400, 413, 431), raw[:100])
        many = self.server.raw(request("/api/v1/openapi.json", "If-None-Match: " + '"x",' * 3000, "Accept-Encoding: " + "a;q=0.1," * 500))
        self.assertEqual(status_of(many), 200)

    def test_pipelined(self):
        paths = ["/api/v1/openapi.json", "/api/v1/events?limit=2", "/api/v1/nothing", "/icon.svg", "/api/v1/events?limit=2", "/en/"] * 10
        raw = self.server.raw(b"".join(request(p, keep=i < len(paths) - 1) for i, p in enumerate(paths)))
        statuses = [int(part[:3]) for part in raw.split(b"HTTP/1.1 ")[1:]]
        self.assertEqual(statuses, [200, 200, 404, 200, 200, 200] * 10)

    def test_slow_senders(self):
        """Requests a byte at a time, connections that send nothing, half a request: all are ended, and nobody else waits."""
        before, lines, ended = self.server.threads(), [], []

        def dribble(data):
            begun = time.monotonic()
            with self.server.open("127.0.0.3") as connection:
                connection.settimeout(0.5)
                try:
                    for i in range(10000):
                        connection.send(data[i:i + 1] if i < len(data) else b"")
                        try:
                            if connection.recv(1000) == b"":
                                break
                        except socket.timeout:
                            pass
                        if time.monotonic() - begun > 15 * PATIENCE:
                            return
                except OSError:
                    pass
            ended.append(time.monotonic() - begun)

        for data in (request("/api/v1/status", *(f"X{i}: y" for i in range(100))), b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"GET", b"\r\n" * 500) * 4:
            lines.append(threading.Thread(target=dribble, args=(data,)))
            lines[-1].start()
        slowest = 0
        while any(line.is_alive() for line in lines):
            begun = time.monotonic()
            self.alive()
            slowest = max(slowest, time.monotonic() - begun)
            time.sleep(0.2)
        self.assertEqual(len(ended), len(lines))
        self.assertLess(max(ended), 12 + 3 * PATIENCE)
        self.assertLess(slowest, 1 * PATIENCE)
        self.assertLessEqual(self.server.threads(), before + 2)

    def test_many_connections(self):
        """From one address some are refused, another address is served meanwhile, and when they are gone all is as before."""
        before = len(os.listdir(f"/proc/{self.server.process.pid}/fd"))
        held = []
        for _ in range(240):
            try:
                held.append(self.server.open("127.0.0.4"))
            except OSError:
                pass
        time.sleep(0.5 * PATIENCE)
        self.assertLessEqual(len(os.listdir(f"/proc/{self.server.process.pid}/fd")), before + 192 + 10)
        self.assertEqual(self.get("/api/v1/openapi.json", source=("127.0.0.5", 0)).status, 200)
        for connection in held:  # some leave by force
            if connection.fileno() % 2:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        time.sleep(0.5 * PATIENCE)
        self.assertEqual(self.get("/api/v1/openapi.json", source=("127.0.0.4", 0)).status, 200)

    def test_gone_before_the_answer(self):
        for path in ("/api/v1/events?limit=200", "/api/v1/export/jsonl", "/api/v1/timeline?limit=200"):
            for _ in range(20):
                with self.server.open() as connection:
                    connection.sendall(request(path))
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.alive()

    def test_at_once(self):
        """Many threads ask for many things; every answer is whole and the right one."""
        paths = ["/api/v1/events?limit=5", "/api/v1/quotes", "/api/v1/articles?q=%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF", "/api/v1/timeline", "/en/", "/assets/app.js", "/api/v1/nothing"]
        right = {p: self.get(p).body for p in paths}
        wrong = []

        def ask(n):
            for i in range(40):
                path = paths[(n + i) % len(paths)]
                answer = self.get(path, **({"Accept_Encoding": "gzip"} if i % 2 else {}))
                body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
                if body != right[path]:
                    wrong.append((path, answer.status, body[:200]))

        lines = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        self.assertEqual(wrong, [])
        self.assertLess(self.server.threads(), 40)


class Token(unittest.TestCase):
    def test_token(self):
        file, log = write("token", TOKEN + "\n"), os.path.join(WORK, "access.log")
        with Server(DB, "--web", WEB, "--token-file", file, "--host", "news.example", "--log", log) as server:
            self.assertIn("?token=" + TOKEN, "".join(server.messages))
            for path in ("/", "/en/", "/api/v1/status", "/icon.svg", "/nothing", "/api/v1/openapi.json", "/?token=", "/?token=" + TOKEN[:-1], "/?token=" + TOKEN + "x",
                         "/en/?token=" + TOKEN, "/api/v1/openapi.json?token=" + TOKEN):
                answer = server.get(path)
                self.assertEqual(answer.status, 401, path)
                self.assertIn("Bearer", answer.headers["www-authenticate"])
                self.assertNotIn("set-cookie", answer.headers)
            for headers in ({"Authorization": "Bearer " + TOKEN[:-1]}, {"Authorization": "Basic " + TOKEN}, {"Authorization": TOKEN}, {"Cookie": "isnad_token=" + TOKEN[1:]},
                            {"Cookie": "other=" + TOKEN}):
                self.assertEqual(server.get("/api/v1/openapi.json", **headers).status, 401, headers)
            self.assertEqual(server.get("/api/v1/openapi.json", Authorization="Bearer " + TOKEN).status, 200)
            self.assertEqual(server.get("/api/v1/openapi.json", Authorization="Bearer " + TOKEN, Host="news.example:81").status, 200)
            self.assertEqual(server.get("/api/v1/openapi.json", Authorization="Bearer " + TOKEN, Host="evil.example").status, 421)
            entered = server.get("/?token=" + TOKEN)
            self.assertEqual((entered.status, entered.headers["location"]), (303, "/"))
            cookie, *attributes = entered.headers["set-cookie"].split("; ")
            self.assertEqual(sorted(attributes), ["HttpOnly", "Path=/", "SameSite=Lax"])
            self.assertEqual(server.get("/en/", Cookie="a=b; " + cookie).status, 200)
            self.assertIn("private", server.get("/assets/app-AbC_12-4.js", Cookie=cookie).headers["cache-control"])
            code, _ = server.end(signal.SIGINT)
            self.assertEqual(code, 0)
        with open(log, encoding="utf-8") as lines:
            text = lines.read()
        self.assertNotIn(TOKEN[:-1], text)
        self.assertIn("/?... 303", text)
        self.assertIn("127.0.0.1 GET /en/ 200", text)

    def test_refused_starts(self):
        """What must not begin to serve says why."""
        short, none = write("short", "abc\n"), os.path.join(WORK, "none")
        for arguments, words in ((("--token-file", short), "between 16 and 256"), (("--token-file", none), "cannot read a token"), (("--listen", "nowhere"), "no address"),
                                 (("--listen", "192.0.2.1"), "cannot listen"),  # not this machine's: nothing is opened
                                 (("--port", "70000"), "--port"), (("--web", none), "cannot read"), (("--watch", none), "no folder"), (("--log", none + "/x"), "cannot write")):
            with self.subTest(arguments):
                result = isnad_fails("serve", "--db", DB, "--port", "0", *arguments)
                self.assertIn(words, result)
        self.assertIn("cannot open", isnad_fails("serve", "--db", none))
        self.assertIn("which database", isnad_fails("serve"))
        with Server(DB) as server:
            self.assertIn("in use", isnad_fails("serve", "--db", DB, "--port", str(server.port)))


def isnad_fails(*arguments):
    import subprocess
    result = subprocess.run([ISNAD, *arguments], capture_output=True, text=True, timeout=30 * PATIENCE, check=False)
    assert result.returncode == 2, result
    return result.stderr


def wait_until(what, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(0.1)
    return what()


def article(i, text="زار وزير الخارجية الأردني أيمن الصفدي القاهرة والتقى نظيره المصري سامح شكري."):
    return json.dumps({"id": f"n{i}", "outlet": "صحيفة الميناء", "published": f"2023-01-{1 + i % 28:02}", "title": f"خبر رقم {i}", "text": f"{text} ({i})"}, ensure_ascii=False)


class Writing(unittest.TestCase):
    """The database changes while it is read."""

    def setUp(self):
        self.db = os.path.join(WORK, self.id() + ".db")
        isnad("add", "--db", self.db, write("first.jsonl", article(0) + "\n"))

    def count(self, server):
        return server.json("/api/v1/articles?limit=1&q=" + urllib.parse.quote("القاهرة"))["total"]

    def test_writers_beside(self):
        """Another program adds, by turns of many small runs, while many read: no answer fails, all articles are there at the end."""
        failures, stop = [], threading.Event()
        with Server(self.db) as server:
            tag = server.get("/api/v1/articles").headers["etag"]

            def read():
                while not stop.is_set():
                    answer = server.get("/api/v1/articles?limit=200")
                    if answer.status != 200 or "rows" not in answer.json():
                        failures.append((answer.status, answer.body[:200]))

            readers = [threading.Thread(target=read) for _ in range(4)]
            for reader in readers:
                reader.start()
            for turn in range(5):
                isnad("add", "--db", self.db, write(f"{self.id()}.jsonl", "\n".join(article(1 + turn * 20 + i) for i in range(20)) + "\n"))
            stop.set()
            for reader in readers:
                reader.join()
            self.assertEqual(failures, [])
            self.assertEqual(self.count(server), 101)
            answer = server.get("/api/v1/articles", If_None_Match=tag)
            self.assertEqual(answer.status, 200)
            self.assertNotEqual(answer.headers["etag"], tag)
        isnad("check", "--db", self.db)

    def test_watch(self):
        folder = os.path.join(WORK, "incoming")
        os.makedirs(os.path.join(folder, "sub"))
        write("incoming/before.jsonl", article(1) + "\n")
        database = os.path.join(WORK, "made.db")  # it isn't there yet
        with Server(database, "--watch", folder, "--jobs", "2") as server:
            def watched():
                return server.json("/api/v1/status")["watch"]
            self.assertEqual(watched()["folder"], folder)
            self.assertTrue(wait_until(lambda: watched()["coded"] == 1, 20 * PATIENCE))
            tag = server.get("/api/v1/status").headers["etag"]
            write("incoming/sub/more.jsonl", "".join(article(i) + "\n" for i in range(2, 12)))
            write("incoming/bad.txt", b"\x00\x01\x02\xff" * 1000, "wb")     # no text: a fault, and no other article suffers
            write("incoming/bad.jsonl", "{\"id\":1]}\n[[[[\n" + article(12) + "\n")
            write("incoming/half.jsonl.part", article(90) + "\n")           # a name of what isn't finished
            write("incoming/.hidden.jsonl", article(91) + "\n")
            os.symlink("/etc/passwd", os.path.join(folder, "link.txt"))
            growing = write("incoming/growing.jsonl", article(13) + "\n")
            for i in range(14, 18):                                          # is still written to: read when it is quiet
                time.sleep(0.5)
                with open(growing, "a", encoding="utf-8") as file:
                    file.write(article(i) + "\n")
            self.assertTrue(wait_until(lambda: self.count(server) == 17, 30 * PATIENCE), (watched(), self.count(server)))
            state = wait_until(lambda: watched()["waiting"] == 0 and watched(), 10 * PATIENCE)
            self.assertGreaterEqual(state["faults"], 2)
            self.assertTrue(state["problem"])
            self.assertEqual(state["files"], 5)
            self.assertNotEqual(server.get("/api/v1/status").headers["etag"], tag)
            write("incoming/before.jsonl", article(1) + "\n" + article(18) + "\n")  # a file that changed
            self.assertTrue(wait_until(lambda: self.count(server) == 18, 20 * PATIENCE), watched())
            os.rename(os.path.join(folder, "half.jsonl.part"), os.path.join(folder, "half.jsonl"))
            self.assertTrue(wait_until(lambda: self.count(server) == 19, 20 * PATIENCE), watched())
            with self.subTest("stories are made by themselves"):
                self.assertTrue(wait_until(lambda: server.json("/api/v1/status")["stories_stale"] == 0, 40 * PATIENCE))
        isnad("check", "--db", database)

    def test_watch_beside_a_writer(self):
        """Another program writes for long: the watch waits, and adds when it is done."""
        folder = os.path.join(WORK, "beside")
        os.makedirs(folder)
        with Server(self.db, "--watch", folder) as server:
            other = sqlite3.connect(self.db, isolation_level=None, timeout=30)
            other.execute("BEGIN IMMEDIATE")
            write("beside/x.jsonl", article(1) + "\n")
            time.sleep(4)
            self.assertEqual(self.count(server), 1)
            other.execute("COMMIT")
            other.close()
            self.assertTrue(wait_until(lambda: self.count(server) == 2, 30 * PATIENCE))
        isnad("check", "--db", self.db)

    def test_end_in_the_middle(self):
        """Ends soon in the middle of coding, of waiting for another writer, and of a download that nobody takes; the database stays good."""
        folder = os.path.join(WORK, "middle")
        os.makedirs(folder)
        for i in range(30):
            write(f"middle/{i}.jsonl", "".join(article(1000 + 100 * i + k) + "\n" for k in range(100)))
        server = Server(self.db, "--watch", folder)
        self.addCleanup(server.end)
        wait_until(lambda: (server.json("/api/v1/status")["watch"] or {})["coded"] > 0, 30 * PATIENCE)
        connection = server.open()
        connection.sendall(request("/api/v1/export/jsonl"))
        time.sleep(0.2)
        code, seconds = server.end()
        connection.close()
        self.assertEqual(code, 0, server.messages)
        self.assertLess(seconds, 2 * PATIENCE)
        isnad("check", "--db", self.db)
        server = Server(self.db, "--watch", folder)
        self.addCleanup(server.end)
        other = sqlite3.connect(self.db, isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(4)
        code, seconds = server.end()
        other.execute("COMMIT")
        other.close()
        self.assertEqual(code, 0)
        self.assertLess(seconds, 2 * PATIENCE)
        isnad("check", "--db", self.db)


if __name__ == "__main__":
    unittest.main(verbosity=1)
