#!/usr/bin/env python3
"""Inputs that nobody should meet: made here from small seeds, each read by the program together with a good article behind it, under a limit of
processor time and of memory. What must hold of each: no crash, no limit reached, the good article's record is there (the next item goes
on), the records are whole, as many of them as can be read (nothing is lost), and where something could not be read, the exit status is 2
and a message names the file.

bad_inputs.py ISNAD [FOLDER]: FOLDER keeps the inputs."""
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib

SECONDS = 20          # of processor time for one input
MEMORY = 1536 << 20   # bytes of address space
LEAST = 200

GOOD = "وصل وزير الخارجية التونسي إلى الجزائر.\n\nقال الوزير إن البلدين اتفقا على فتح المعابر.\n"
TEXT = "قال وزير الداخلية، اليوم الاثنين، إن الشرطة أوقفت ثلاثة أشخاص في العاصمة عمان بعد احتجاج سلمي.\n"
PAGE = f"<html><head><title>خبر من عمان</title></head><body><article><h1>خبر من عمان</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
cases = []  # (name, bytes, records or None, must there be a fault: True, False, None)


def case(name, data, records=None, fault=None):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    cases.append((name, data, records, fault))


# --- texts -----------------------------------------------------------------------------------------
def texts():
    case("empty.txt", b"", 0, True)
    case("nul.txt", b"\0" * 5000, 0, True)
    case("nul-inside.txt", TEXT[:40] + "\0" + TEXT[40:])
    case("nuls-between.txt", "\0".join(TEXT))
    case("mark.txt", b"\xef\xbb\xbf", 0, True)
    case("blanks.txt", b" \n\t\r\n" * 5000, 0, True)
    case("continuation.txt", b"\x80\xbf" * 3000)
    case("overlong.txt", b"\xc0\xaf\xe0\x80\xaf" * 1000 + TEXT.encode())
    case("surrogates.txt", TEXT + "\ud800\udfff" * 100)
    case("beyond.txt", b"\xf5\x80\x80\x80\xff\xfe" * 500 + TEXT.encode())
    case("half-character.txt", TEXT.encode()[:-2])
    case("odd-utf16.txt", TEXT.encode("utf-16")[:-1])
    case("utf16-no-mark.txt", TEXT.encode("utf-16-le"))
    case("utf32.txt", TEXT.encode("utf-32"))
    case("controls.txt", "".join(chr(c) for c in range(1, 32)) * 100 + TEXT)
    case("directions.txt", "\u202e\u2066\u2069\u200f" * 20000 + TEXT)
    case("marks.txt", "ب" + "\u064b\u0651" * 200000)
    case("one-word.txt", "ب" * 2000000)
    case("one-line.txt", (TEXT.strip() + " ") * 20000)
    case("many-lines.txt", "نعم.\n" * 150000)
    case("many-quotes.txt", "«" * 100000)
    case("many-brackets.txt", "(" * 100000 + TEXT)
    case("many-dots.txt", "." * 300000)
    case("digits.txt", "٣" * 300000)
    case("random.bin", random.Random(1).randbytes(100000))
    case("random-high.bin", bytes(b | 0x80 for b in random.Random(2).randbytes(100000)))
    case("elf.bin", b"\x7fELF" + random.Random(3).randbytes(3000), 0, True)
    for name, data in (("a.pdf", b"%PDF-1.7\n1 0 obj"), ("a.zip", b"PK\3\4" + bytes(100)), ("a.rar", b"Rar!\x1a\7\0"), ("a.7z", b"7z\xbc\xaf\x27\x1c\0"),
                       ("a.bz2", b"BZh91AY&SY"), ("a.xz", b"\xfd7zXZ\0\0"), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.rtf", b"{\\rtf1 x}"),
                       ("a.tar", b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(300)),
                       ("a.eml", b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n" + TEXT.encode()),
                       ("mbox", b"From a@example.org Mon\nReceived: x\nSubject: y\n\n" + TEXT.encode())):
        case(name, data, 0, True)


# --- pages -----------------------------------------------------------------------------------------
def pages():
    whole = ('<!DOCTYPE html><html lang="ar" dir=rtl><head><meta charset="utf-8"><title>خبر</title><script type="application/ld+json">'
             '{"@type":"NewsArticle","headline":"خبر","datePublished":"2021-04-17","articleBody":"' + TEXT.strip() + '"}</script>'
             '<style>p{color:red}</style><!-- note --></head><body><article><p class="x">' + TEXT + '&nbsp;&#1576;&quot;</p><p>' + TEXT +
             '</p><![CDATA[x]]></article></body></html>')
    for mark in ("<!DOC", "<html lan", '<html lang="a', '<meta char', 'charset="ut', "<tit", "خ", "</tit", "<scr", '{"@ty', '"datePub', "2021-0", "</scr", "<sty",
                 "p{col", "<!-- no", "<bod", "<arti", '<p class="x', "&nb", "&#15", "<![CDA", "</arti", "</htm"):
        case(f"page-cut-{len(cases)}.html", whole[: whole.index(mark) + len(mark)])
    for tag in ("div", "span", "b", "table><tr><td", "ul><li", "blockquote", "a href=x", "form", "p", "font", "svg"):
        case(f"page-deep-{tag.split()[0].split('>')[0]}.html", "<html><body>" + f"<{tag}>" * 100000 + TEXT)
    case("page-deep-closed.html", "<html>" + "<div>" * 100000 + TEXT + "</div>" * 100000)
    case("page-ends.html", "<html><body><p>" + TEXT + "</div></p></span>" * 50000)
    case("page-attributes.html", "<html><body><p " + " ".join(f"a{i}=b" for i in range(100000)) + ">" + TEXT)
    case("page-attribute.html", '<html><body><p class="' + "x " * 500000 + '">' + TEXT)
    case("page-quote.html", '<html><body><p class="never ends>' + TEXT * 100)
    case("page-comment.html", "<html><body><!-- " + TEXT * 1000)
    case("page-comments.html", "<html><body>" + "<!--" * 100000 + TEXT)
    case("page-script.html", "<html><body><script>" + "x<y;" * 300000)
    case("page-entities.html", "<html><body><p>" + "&amp;" * 300000 + "&#xFFFFFFFFFF;&#0;&#xD800;&nosuch;" * 1000 + TEXT)
    case("page-lt.html", "<html><body>" + "<" * 500000 + TEXT)
    case("page-nul.html", "<html><body><p>" + "\0".join(TEXT) + "</p>")
    case("page-title.html", "<html><title>" + "خبر " * 300000 + "</title><body><p>" + TEXT)
    case("page-titles.html", "<html>" + "<title>خبر</title>" * 20000 + "<body><p>" + TEXT)
    case("page-ld-deep.html", '<html><script type="application/ld+json">' + "[" * 100000 + "</script><body><p>" + TEXT)
    case("page-ld-object.html", '<html><script type="application/ld+json">' + '{"a":' * 50000 + "</script><body><p>" + TEXT)
    case("page-ld-many.html", "<html>" + '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 5000 + "<body><p>" + TEXT)
    case("page-ld-bytes.html", b'<html><script type="application/ld+json">{"headline":"\xff\xfe\x00"}</script><body><p>' + TEXT.encode())
    case("page-charsets.html", b'<html><meta charset="utf-7"><meta charset="nosuch"><body><p>' + TEXT.encode("cp1256"))
    case("page-declared.html", b'<html><meta charset="utf-16"><body><p>' + TEXT.encode())
    case("page-frames.html", "<html><frameset>" + "<frame src=x>" * 50000 + "</frameset>")
    case("page-empty.html", "<html></html>", 0, True)
    case("page-links.html", "<html><body>" + '<a href="x">رابط إلى خبر آخر</a> ' * 30000)
    case("page-rows.html", "<html><body><table>" + "<tr><td>نعم</td></tr>" * 50000)
    case("page-bytes.html", b"<html><body><p>" + bytes(range(128, 256)) * 2000)


# --- JSON Lines -------------------------------------------------------------------------------------
def lines():
    line = json.dumps({"id": "1", "title": "خبر من عمان", "text": TEXT, "date": "2021-04-17"}, ensure_ascii=False)
    for n in (1, 2, 9, 12, 20, 30, len(line) // 2, len(line) - 1):
        case(f"lines-cut-{n}.jsonl", line + "\n" + line[:n] + "\n" + line.replace('"1"', '"2"') + "\n", 2 if n > 1 else None)
    case("lines-deep.jsonl", '{"title": ' + "[" * 100000 + "\n" + line + "\n")
    case("lines-deep-second.jsonl", line + "\n" + '{"title": ' + "[" * 100000 + "\n" + line + "\n", 2, True)
    case("lines-object-deep.jsonl", line + "\n" + '{"a":' * 100000 + "\n" + line + "\n", 2, True)
    case("lines-nul.jsonl", line + "\n\0\0\0\n" + line + "\n", 2, True)
    case("lines-escaped-nul.jsonl", '{"title": "a\\u0000b", "text": "\\u0000"}\n' + line, None)
    case("lines-surrogate.jsonl", '{"title": "\\ud800", "text": "x"}\n' + line, 1, True)
    case("lines-number.jsonl", '{"title": 1e999999, "text": 123456789012345678901234567890}\n' + line, 1, True)
    case("lines-bytes.jsonl", b'{"title": "\xff\xfe\xc0\x80", "text": "\x80"}\n' + line.encode())
    case("lines-long.jsonl", line + "\n" + '{"text": "' + "ا" * (9 << 20) + '"}\n' + line, 2, True)
    case("lines-keys.jsonl", "{" + ",".join(f'"k{i}": 1' for i in range(100000)) + ', "title": "خبر من عمان"}\n')
    case("lines-types.jsonl", '{"title": null, "text": [1, {}, null]}\n{"title": true}\n{}\n[]\n"x"\n' + line, 1, True)
    case("lines-blank.jsonl", line + "\n" * 300000 + line, 2, False)
    case("lines-page.jsonl", json.dumps({"title": "خبر", "text": "<p>" * 100000 + TEXT}, ensure_ascii=False))


# --- feeds -----------------------------------------------------------------------------------------
def rss(items, head=""):
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>تغذية</title>{items}</channel></rss>'


def item(n, inside="", text=None):
    return f"<item><title>الخبر {n}</title><link>https://example.org/{n}</link><description>{text or TEXT}</description>{inside}</item>"


def feeds():
    whole = rss(item(1) + item(2, "<content:encoded><![CDATA[<p>" + TEXT + "</p>]]></content:encoded><!-- note --><guid isPermaLink='false'>a&amp;b</guid>") + item(3))
    second = whole.index("<item", whole.index("</item>"))
    for mark in ("<it", "<title>ال", "https://ex", "</descr", "<content:enc", "<![CDA", "<![CDATA[<p", "</p>]", "<!-- no", "isPerma", "'fal", "a&am", "</gui", "</ite"):
        case(f"feed-cut-{len(cases)}.xml", whole[: whole.index(mark, second) + len(mark)], 1, True)
    case("feed-cut-head.xml", whole[:80], 0, True)
    case("feed-cut-channel.xml", whole[: whole.index("<item")], 0, True)
    for n, bad in enumerate((
            "<b>" * 100000, "<b>" * 300, "<![CDATA[ no end", "<!-- no end", "<? no end", "& &; &x; &#0; &#xFFFFFFFF; &#55296;", "</description>" * 1000, "<a href='x>", "<a b c d=e f='",
            "\x00\x01\x02\x1f", "]]>", "<item", "</", "<>", "< >", "<![CDATA[a]]><![CDATA[b]]>", "<x:y z:w='1'>", "\ufffe\uffff", "<a " * 20000)):
        case(f"feed-inside-{n}.xml", rss(item(1) + item(2, text=bad + TEXT) + item(3)), None if "<!--" in bad or "<?" in bad or "<item" in bad else 3)
    laughs = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '" + f"&a{i - 1};" * 10 + "'>" for i in range(1, 30)) + "]>"
    case("feed-laughs.xml", rss(item(1, text="&a29;" + TEXT), laughs), 1)
    case("feed-laughs-quadratic.xml", rss(item(1, text="&a0;" * 100000 + TEXT), "<!DOCTYPE rss [<!ENTITY a0 '" + "x" * 100000 + "'>]>"), 1)
    case("feed-external.xml", rss(item(1, text="&e;" + TEXT), "<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"), 1)
    case("feed-doctype.xml", "<!DOCTYPE rss [<!ENTITY never 'ends" + rss(item(1)))
    case("feed-parameter.xml", rss(item(1), "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>"), 1)
    case("feed-unclosed-items.xml", rss("".join(item(i).replace("</item>", "") for i in range(50))), 50)
    case("feed-lost-sections.xml", rss("".join(item(i, text="<![CDATA[" + TEXT) for i in range(200))), 200)
    case("feed-sections.xml", rss(item(1, text="<![CDATA[" * 50000 + TEXT) + item(2)), 2)
    case("feed-large-item.xml", rss(item(1) + item(2, text=TEXT * 60000) + item(3)), 2, True)
    case("feed-long-field.xml", rss(item(1) + item(2, text=TEXT * 30000) + item(3)), 3)
    case("feed-many-items.xml", rss("<item/>" * 100010), 0, True)
    case("feed-nested-items.xml", rss("<item>" * 20000 + item(1)))
    case("feed-no-namespace.xml", rss(item(1, f"<nosuch:encoded>{TEXT}</nosuch:encoded><dc:date>2021-04-17</dc:date>")), 1)
    case("feed-attributes.xml", rss(item(1).replace("<item>", "<item " + " ".join(f"a{i}='1'" for i in range(20000)) + ">") + item(2)))
    case("feed-tag.xml", rss("<item a='" + "x" * 200000 + "'>" + item(1)[6:] + item(2)))
    case("feed-utf16.xml", rss(item(1)).replace("utf-8", "utf-16").encode("utf-16"), 1)
    case("feed-wrong-declared.xml", rss(item(1)).replace("utf-8", "windows-1256"), 1)
    case("feed-1256.xml", rss(item(1)).replace("utf-8", "windows-1256").encode("cp1256"), 1)
    case("feed-bytes.xml", rss(item(1)).encode() + b"\xff\xfe" + rss(item(2)).encode())
    case("feed-two-roots.xml", rss(item(1)) + rss(item(2)), 2)
    case("feed-root.xml", "<rss", 0, True)
    case("feed-root-only.xml", "<rss/>", 0, True)
    case("feed-atom-deep.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>ا</title><content type="xhtml">' + "<div>" * 100000 + "</entry><entry><title>خبر</title></entry></feed>")
    case("feed-rdf.xml", '<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">' + "<item rdf:about=" * 1000, 0, True)
    case("feed-opml.opml", "<opml><body>" + '<outline text="x">' * 100000, 0, True)
    case("feed-opml-list.opml", "<opml><body>" + '<outline xmlUrl="http://x/"/>' * 1000, 0, True)
    case("feed-sitemap.xml", "<urlset>" + "<url><loc>https://example.org/</loc></url>" * 60000 + "</urlset>", 0, True)
    case("feed-index.xml", "<sitemapindex>" + "<sitemap><loc>https://example.org/a.xml</loc></sitemap>" * 1000, 0, True)
    jf = '{"version": "https://jsonfeed.org/version/1", "title": "x", "items": [%s]}'
    good = [json.dumps({"id": str(i), "title": f"الخبر {i}", "content_text": TEXT}, ensure_ascii=False) for i in range(3)]
    case("feed-json-cut.json", (jf % ", ".join(good))[:-60], 2, True)
    case("feed-json-deep.json", jf % (good[0] + ', {"id": "9", "x": ' + "[" * 100000 + "]" * 100000 + "}, " + good[2]), 2, True)
    case("feed-json-bad.json", jf % (good[0] + ', {"id": }, ' + good[2]), 2, True)
    case("feed-json-string.json", jf % (good[0] + ', {"id": "never ends, ' + good[2]))
    case("feed-json-none.json", '{"version": "https://jsonfeed.org/version/1", "items": 7}', 0, True)
    case("feed-json-empty.json", jf % "", 0, True)
    case("feed-json-types.json", jf % (good[0] + ", 5, null, [], [{}], " + good[1]))
    case("feed-json-open.json", '{"version": "https://jsonfeed.org/version/1", "items": [' + "{" * 50000, 0, True)


# --- archives ---------------------------------------------------------------------------------------
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(n, block, length=None, fields="", kind="response", ends=b"\r\n\r\n"):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{n}\r\nWARC-Date: 2021-04-17T08:00:00Z\r\n{fields}"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n")
    return head.encode() + block + ends


def page(n, head=b"", body=None):
    return record(n, HTTP + head + b"\r\n" + (PAGE.encode() if body is None else body))


def squeeze(data):
    return gzip.compress(data, 6, mtime=0)


def zstd_frame(data):
    """A frame of raw blocks; enough for a test."""
    out = b"\x28\xb5\x2f\xfd\x00\x58"  # a window of 2 MiB, no size
    parts = [data[i : i + 100000] for i in range(0, len(data), 100000)] or [b""]
    for i, part in enumerate(parts):
        out += ((len(part) << 3) | (i == len(parts) - 1)).to_bytes(3, "little") + part
    return out


def zstd_bomb(blocks, last=True):
    out = b"\x28\xb5\x2f\xfd\x00\x58"
    return out + b"".join(((131072 << 3) | 2 | (last and i == blocks - 1)).to_bytes(3, "little") + b" " for i in range(blocks))


def gzip_bomb(repeats):
    """A megabyte of blanks in a kilobyte, over and over; the checksum is never reached."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + block * repeats


def both(name, middle, records=2, fault=True):
    """A bad record between two good ones: plain, and as a member of its own."""
    case(f"warc-{name}.warc", page(1) + middle + page(2), records, fault)
    case(f"warc-{name}.warc.gz", squeeze(page(1)) + squeeze(middle) + squeeze(page(2)), records, fault)


def archives():
    whole = page(1) + page(2) + page(3)
    begin = len(page(1))
    for n in (3, 12, 40, 60, 100, 150, 170, 190, 230, len(page(2)) // 2, len(page(2)) - 6):
        case(f"warc-cut-{n}.warc", whole[: begin + n], 1, True)
    packed = [squeeze(page(i)) for i in range(3)]
    for n in (1, 3, 9, 15, 60, len(packed[1]) // 2, len(packed[1]) - 9):
        # all but the packing's own checksum: the record is whole
        case(f"warc-cut-{n}.warc.gz", packed[0] + packed[1][:n], 2 if n == len(packed[1]) - 9 else 1, True)
    frames = [zstd_frame(page(i)) for i in range(3)]
    for n in (1, 3, 5, 7, 60, len(frames[1]) // 2, len(frames[1]) - 1):
        case(f"warc-cut-{n}.warc.zst", frames[0] + frames[1][:n], 2 if n == len(frames[1]) - 1 else 1, True)
    case("warc-one.warc.gz", squeeze(whole), 3, False)
    case("warc-one-cut.warc.gz", squeeze(whole)[:-30])
    case("warc-zeros.warc.gz", packed[0] + bytes(100000) + packed[1], None)
    for name, claim in (("gigabytes", 5 << 30), ("exabytes", 5 << 60), ("two-to-64", 1 << 64), ("negative", -5), ("words", "many"), ("blank", ""), ("plus", "+12"), ("hex", "0x10")):
        both(f"claim-{name}", record("bad", HTTP + b"\r\n" + PAGE.encode(), claim))
    both("claim-short", record("bad", HTTP + b"\r\n" + PAGE.encode(), 30), None)
    both("claim-long", record("bad", HTTP + b"\r\n" + PAGE.encode(), 3000))
    both("no-length", b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n")
    both("no-type", b"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n")
    both("version", b"WARC/9.9\r\nWARC-Type: response\r\nContent-Length: 1\r\n\r\nx\r\n\r\n")
    both("long-head", b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"x" * 100000 + b"\r\nContent-Length: 1\r\n\r\nx\r\n\r\n")
    both("many-fields", b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 1000 + b"Content-Length: 1\r\n\r\nx\r\n\r\n")
    both("nul-head", b"WARC/1.0\r\nWARC-Type: \0\0response\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", 2, None)
    both("segment", record("bad", HTTP + b"\r\n" + PAGE.encode(), fields="WARC-Segment-Number: 1\r\n"))
    both("no-answer", record("bad", b"nothing like an answer"))
    both("answer-cut", record("bad", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"))
    both("status", record("bad", b"HTTP/1.1 banana\r\n\r\nx"))
    both("noise", random.Random(5).randbytes(20000))
    both("lines", b"\r\n" * 50000, 2, False)
    both("endless-chunks", page("bad", b"Transfer-Encoding: chunked\r\n", b"1\r\nx\r\n" * 300000), 3, False)
    both("chunk-huge", page("bad", b"Transfer-Encoding: chunked\r\n", b"FFFFFFFFFFFFFF\r\nx"), 2, False)
    both("chunk-overflow", page("bad", b"Transfer-Encoding: chunked\r\n", b"1FFFFFFFFFFFFFFFFFF\r\nx"), None, None)
    both("chunk-words", page("bad", b"Transfer-Encoding: chunked\r\n", b"6\r\n<html>\r\nzz\r\nx"), 2, False)
    both("chunk-line", page("bad", b"Transfer-Encoding: chunked\r\n", b"6;" + b"x" * 100000 + b"\r\n<html>\r\n0\r\n\r\n"), None, None)
    both("chunk-kept", page("bad", b"Transfer-Encoding: chunked\r\n"), 3, False)
    both("body-cut", page("bad", b"Content-Encoding: gzip\r\n", squeeze(PAGE.encode())[:-20]), 3, False)
    both("body-crc", page("bad", b"Content-Encoding: gzip\r\n", squeeze(PAGE.encode())[:-8] + bytes(8)), None, None)
    both("body-not-packed", page("bad", b"Content-Encoding: gzip\r\n"), 3, False)
    both("body-lzma", page("bad", b"Content-Encoding: lzma\r\n"))
    both("body-twice", page("bad", b"Content-Encoding: gzip, br\r\n"))
    both("body-deflate", page("bad", b"Content-Encoding: deflate\r\n", b"\x78\x9c" + b"\xff" * 1000), None, None)
    both("body-br", page("bad", b"Content-Encoding: br\r\n", b"\xff" * 1000), None, None)
    both("bomb-gzip", page("bad", b"Content-Encoding: gzip\r\n", gzip_bomb(2000)))
    both("bomb-deflate", page("bad", b"Content-Encoding: deflate\r\n", gzip_bomb(2000)[10:]))
    both("bomb-zstd", page("bad", b"Content-Encoding: zstd\r\n", zstd_bomb(10000)))
    case("warc-bomb-member.warc.gz", packed[0] + squeeze(page("bad", b"", b" " * (300 << 20))) + packed[1], 2, True)
    case("warc-bomb-frame.warc.zst", frames[0] + zstd_bomb(20000) + frames[1], 2, True)
    case("warc-crc.warc.gz", packed[0] + packed[1][:-8] + bytes(8) + packed[2], None, True)
    case("warc-flags.warc.gz", packed[0] + b"\x1f\x8b\x08\xe0" + packed[1][4:] + packed[2], 2, True)
    case("warc-noise.warc.zst", frames[0] + random.Random(6).randbytes(5000) + frames[1], 2, True)
    case("warc-dictionary.warc.zst", b"\x5d\x2a\x4d\x18" + (100).to_bytes(4, "little") + bytes(100) + frames[0], 0, True)
    case("warc-window.warc.zst", frames[0] + b"\x28\xb5\x2f\xfd\x00\xf8" + b"\1\0\0" + frames[1], 2, True)
    case("warc-skippable.warc.zst", b"\x50\x2a\x4d\x18" + (100).to_bytes(4, "little") + bytes(100) + frames[0], 1, False)
    case("warc-skippable-claim.warc.zst", frames[0] + b"\x50\x2a\x4d\x18\xff\xff\xff\xff" + frames[1], None, None)
    case("warc-bare.warc", b"WARC/1.0", 0, True)
    case("warc-heads.warc", b"WARC/1.0\r\n" * 50000, None, True)


# --- packed files -----------------------------------------------------------------------------------
def packed():
    case("text.txt.gz", squeeze(TEXT.encode()), 1, False)
    case("text-cut.txt.gz", squeeze(TEXT.encode())[:-20], 0, True)
    case("twice.gz", squeeze(squeeze(TEXT.encode())), 0, True)
    case("bomb.txt.gz", gzip_bomb(4000), 0, True)
    case("bomb.txt.zst", zstd_bomb(20000), 0, True)
    case("bomb.jsonl.gz", squeeze(b'{"title": "x"}\n') + gzip_bomb(4000), None, True)
    case("bomb-members.gz", squeeze(b" " * (1 << 20)) * 2000, 0, True)
    line = json.dumps({"title": "خبر من عمان", "text": TEXT}, ensure_ascii=False).encode() + b"\n"
    case("lines-cut.jsonl.gz", squeeze(line * 200)[:-12], None, True)
    case("lines-behind.jsonl.gz", squeeze(line) + b"noise behind", 1, True)
    case("lines-members.jsonl.gz", squeeze(line) * 50, 50, False)
    case("empty.gz", squeeze(b""), 0, True)
    case("head.gz", b"\x1f\x8b\x08", 0, True)
    case("head.zst", b"\x28\xb5\x2f\xfd", 0, True)
    case("feed.xml.gz", squeeze(rss(item(1) + item(2)).encode()), 2, False)


# --- running ----------------------------------------------------------------------------------------
def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def check(isnad, folder, name, records, fault):
    """What is wrong, or None; and the seconds it took."""
    path = os.path.join(folder, name)
    before = time.monotonic()
    run = subprocess.run([isnad, "code", "-q", path, os.path.join(folder, "good")], capture_output=True, preexec_fn=limit, timeout=300)
    took = time.monotonic() - before
    errors = run.stderr.decode("utf-8", "replace")
    if run.returncode not in (0, 2):
        return f"exit {run.returncode}: {errors[-800:]}", took
    try:
        found = [json.loads(line) for line in run.stdout.decode().splitlines()]
    except ValueError as error:
        return f"a record that is none: {error}", took
    if not found or found[-1]["uri"] != os.path.join(folder, "good"):
        return f"the next article is lost: {errors[-800:]}", took
    if run.returncode == 2 and name not in errors:
        return f"no message names the file: {errors[-800:]}", took
    if fault is not None and fault != (run.returncode == 2):
        return f"exit {run.returncode}, {len(found) - 1} records: {errors[-800:]}", took
    if records is not None and len(found) - 1 != records:
        return f"{len(found) - 1} records, not {records}: {errors[-800:]}", took
    return None, took


def main():
    global SANITIZED
    isnad = sys.argv[1]
    with open(isnad, "rb") as file:
        SANITIZED = b"__asan_init" in file.read() or b"__tsan_init" in file.read()
    for make in (texts, pages, lines, feeds, archives, packed):
        make()
    assert len({name for name, *_ in cases}) == len(cases) >= LEAST, len(cases)
    with tempfile.TemporaryDirectory() as scratch:
        folder = sys.argv[2] if len(sys.argv) > 2 else scratch
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "good"), "w", encoding="utf-8") as file:
            file.write(GOOD)
        bad, longest = 0, (0.0, "")
        for name, data, records, fault in cases:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
            fault, took = check(isnad, folder, name, records, fault)
            longest = max(longest, (took, name))
            if fault:
                print(f"{name}: {fault}")
                bad += 1
            if len(sys.argv) <= 2:
                os.unlink(os.path.join(folder, name))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"{len(cases)} inputs, {bad} not as they should be; the longest took {longest[0]:.2f} s ({longest[1]}), most memory {peak} MiB")
    return bad > 0


sys.exit(main())
