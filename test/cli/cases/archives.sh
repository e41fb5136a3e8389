# Feeds and web archives: an item once, pages with where they stand, files that are packed, and what isn't read.
show() {
    python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    s = r["source"]
    print(r["uri"], "|", r["title"], "|", s and [s[k] for k in ("kind", "offset", "length", "inside", "feed")])'
}
cp "$SOURCE/examples/feeds/news.rss" .
echo "== a feed, and the same once more"
isnad code news.rss news.rss | show
gzip -k news.rss
echo "== packed, alone"
isnad code news.rss.gz | show
isnad code - <news.rss.gz | wc -l
echo "== archives"
python3 "$SOURCE/test/read/make_warc.py" a.warc "$SOURCE"/examples/articles/bridge-[12].*
python3 "$SOURCE/test/read/make_warc.py" a.warc.gz "$SOURCE"/examples/articles/bridge-[12].*
python3 "$SOURCE/test/read/make_warc.py" a.one.gz "$SOURCE"/examples/articles/bridge-[12].*
isnad code a.warc | show
# The record's bytes are where the evidence says.
isnad code a.warc.gz | python3 -c '
import gzip, json, sys
data = open("a.warc.gz", "rb").read()
for line in sys.stdin:
    s = json.loads(line)["source"]
    print(gzip.decompress(data[s["offset"] : s["offset"] + s["length"]]).split(b"\r\n")[2].decode())'
for file in a.warc a.warc.gz a.one.gz; do
    isnad code $file | python3 -c '
import json, sys
print([json.loads(line)["source"]["checksum"][:13] for line in sys.stdin])'
done
echo "== cut"
head -c 1500 a.warc >cut.warc
isnad code cut.warc | show
echo "exit ${PIPESTATUS[0]}"
echo "== not read"
printf '%%PDF-1.4\n' >a.pdf
printf 'PK\003\004aaaabbbbccccddddeeeeffff\010\000\000\000mimetypeapplication/epub+zip' >a.epub
printf 'From: a@example.org\nSubject: x\nMIME-Version: 1.0\n\nbody\n' >a.eml
gzip -c news.rss.gz >twice.gz
cp "$SOURCE/test/read/feeds/list.opml" .
isnad code a.pdf a.epub a.eml twice.gz list.opml
echo "exit $?"
