#!/usr/bin/env python3
"""A web archive out of files, for tests and measuring: make_warc.py OUT.warc[.gz|.zst|.one.gz] [--copies N] FILE...
HTML files become responses (every third one chunked, every fourth with a gzip body), others plain text. Each page has its request
beside it, as crawlers write it. `.one.gz` is one member over all. Deterministic."""
import gzip
import subprocess
import sys


def record(kind, target, content_type, block):
    head = (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2021-04-17T08:00:00Z\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def answer(number, html, body):
    head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n" % ("text/html" if html else "text/plain")
    if number % 4 == 3:
        body = gzip.compress(body, 6, mtime=0)
        head += "Content-Encoding: gzip\r\n"
    if number % 3 == 2:
        half = len(body) // 2
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]) if part) + b"0\r\n\r\n"
        head += "Transfer-Encoding: chunked\r\n"
    return head.encode() + b"\r\n" + body


def main():
    out, args = sys.argv[1], sys.argv[2:]
    copies = 1
    if args[0] == "--copies":
        copies, args = int(args[1]), args[2:]
    pages = [(path, open(path, "rb").read()) for path in args]
    records = [record("warcinfo", "urn:x", "application/warc-fields", b"software: make_warc\r\n")]
    for number in range(copies * len(pages)):
        path, body = pages[number % len(pages)]
        target = f"https://example.org/{number}"
        records.append(record("request", target, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"))
        records.append(record("response", target, "application/http; msgtype=response", answer(number, b"<html" in body[:2000].lower(), body)))
    with open(out, "wb") as file:
        if out.endswith(".one.gz"):
            file.write(gzip.compress(b"".join(records), 6, mtime=0))
        elif out.endswith(".gz"):
            file.writelines(gzip.compress(r, 6, mtime=0) for r in records)
        elif out.endswith(".zst"):
            for r in records:
                file.write(subprocess.run(["zstd", "-q", "-c"], input=r, stdout=subprocess.PIPE, check=True).stdout)
        else:
            file.writelines(records)


main()
