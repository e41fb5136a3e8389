"""spark_data.py EXAMPLES FOLDER: pages, an archive and lines to code: the example articles again and again on other days, and what is broken."""

import gzip
import io
import json
import os
import pathlib
import sys

COPIES = 60


def record(kind, address, body, content_type):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-05-01T10:00:00Z\r\nContent-Type: {content_type}\r\n"
    return (head + f"Content-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"


def page(text, day):
    title, _, rest = text.strip().partition("\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in rest.splitlines() if line.strip())
    return (f"<html lang=ar><head><meta charset=utf-8><title>{title}</title><meta property='article:published_time' content='{day}T08:00:00Z'></head>"
            f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>").encode()


def main():
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    texts = []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
        try:
            texts.append((path.stem, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            pass
    with open(out / "lines.jsonl", "w") as lines:
        for copy in range(COPIES):
            day = f"2021-{copy % 10 + 1:02}-{copy % 3 * 9 + 2:02}"
            for n, (stem, text) in enumerate(texts):
                row = {"text": text.replace("2024", str(2024 + copy)), "published": f"{day}T{n % 24:02}:15:00Z", "outlet": f"outlet {n % 7}"}
                if n % 3:
                    row["id"] = f"{stem}/{copy}"
                if n % 11 == 5:
                    del row["published"]
                print(json.dumps(row, ensure_ascii=False), file=lines)
            print('{"text": "broken', file=lines)
            print('{"id":"nothing"}', file=lines)
        print(json.dumps({"id": f"{texts[1][0]}/1", "text": "نص آخر للمقال نفسه من عمان.", "outlet": "outlet 1"}, ensure_ascii=False), file=lines)
        print(json.dumps({"text": texts[0][1].replace("2024", "2024"), "published": "2021-01-02T00:15:00Z", "outlet": "outlet 0"}, ensure_ascii=False),
              file=lines)
    plain = io.BytesIO()
    with open(out / "crawl.warc.gz", "wb") as packed:
        for copy in range(COPIES):
            for n, (stem, text) in enumerate(texts):
                day = f"2021-{copy % 10 + 1:02}-{copy % 3 * 9 + 2:02}"
                answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(text, day)
                one = record("response", f"https://news{n % 5}.example/{copy}/{stem}", answer, "application/http; msgtype=response")
                packed.write(gzip.compress(one, 6, mtime=0))
                if copy < 3:
                    plain.write(one)
            packed.write(gzip.compress(record("response", f"https://broken.example/{copy}", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                                     b"Content-Encoding: gzip\r\n\r\n\x1f\x8bnot packed at all", "application/http; msgtype=response"), mtime=0))
        packed.write(b"\x1f\x8b\x08\x00damaged")
    (out / "plain.warc").write_bytes(plain.getvalue())
    pages = out / "pages"
    (pages / "deep").mkdir(parents=True, exist_ok=True)
    for n, (stem, text) in enumerate(texts):
        (pages / ("deep" if n % 2 else ".") / f"{stem}.html").write_bytes(page(text, "2021-06-03"))
    (pages / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (pages / "empty.html").write_bytes(b"")
    (pages / ".hidden.html").write_bytes(page("لا يقرأ هذا أحد.\nسطر.", "2021-06-03"))
    os.sync()


if __name__ == "__main__":
    main()
