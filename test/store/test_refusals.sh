#!/bin/bash
# What can't be written to or read is told with exit status 2 and the file's name, and nothing is lost: no room, no leave, another
# writer, another program's database, a newer one, no database, a damaged one.
set -u
: "${ISNAD_BUILD:?}" "${ISNAD_SOURCE:?}"
isnad=$ISNAD_BUILD/cli/isnad
here=$ISNAD_SOURCE/test/store
work=$(mktemp -d)
chmod 755 "$work"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
fail() { echo "FAILED: $*"; failed=1; }
# refused WHAT PATTERN COMMAND...: exit status 2 and a message that names the file and says so
refused() {
    local what=$1 pattern=$2
    shift 2
    "$@" >said 2>&1
    local code=$?
    [ $code -eq 2 ] || fail "$what: exit $code"
    grep -q "news.db\|other.db" said || fail "$what: the file isn't named"
    grep -q "$pattern" said || fail "$what: $(cat said)"
}
good() { "$isnad" check --db "$1" >said 2>&1 || fail "$2: $(cat said)"; }
python3 "$here/articles.py" 600 >one.jsonl
python3 "$here/articles.py" 4000 >all.jsonl
"$isnad" add --db news.db one.jsonl 2>said || fail "add: $(cat said)"
content=$(python3 "$here/content.py" news.db)

# no room: the file and its log may grow by no more than this
size=$(stat -c %s news.db)
refused "no room" "no room\|may be full" bash -c "ulimit -f $(((size + 400000) / 1024)); exec $isnad add --db news.db all.jsonl"
good news.db "after no room"
n=$(python3 "$here/content.py" news.db | cut -d' ' -f2)
[ "$n" -ge 600 ] || fail "no room: articles were lost"
"$isnad" add --db news.db all.jsonl 2>said || fail "with room again: $(cat said)"
good news.db "with room again"
[ "$(python3 "$here/content.py" news.db | cut -d' ' -f2)" = 4000 ] || fail "with room again: not complete"
"$isnad" add --db fresh.db one.jsonl all.jsonl 2>/dev/null
[ "$(python3 "$here/content.py" news.db)" = "$(python3 "$here/content.py" fresh.db)" ] || fail "with room again: other content"

# another writer holds it
rm -f news.db fresh.db
"$isnad" add --db news.db one.jsonl 2>/dev/null
python3 - <<'P' &
import sqlite3, time
db = sqlite3.connect("news.db", isolation_level=None)
db.execute("BEGIN IMMEDIATE")
open("held", "w").close()
time.sleep(14)
P
holder=$!
while [ ! -e held ]; do sleep 0.1; done
good news.db "read beside a writer"
refused "locked" "another program is writing" "$isnad" add --db news.db all.jsonl
kill $holder 2>/dev/null
wait $holder 2>/dev/null
[ "$(python3 "$here/content.py" news.db)" = "$content" ] || fail "locked: something changed"

# no leave; root may do everything, so it is somebody else who tries
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --clear-groups)
if [ "$(id -u)" -ne 0 ] || { command -v setpriv >/dev/null && "${as[@]}" test -r "$work/news.db"; }; then
    mkdir closed
    cp news.db closed/news.db
    chmod 444 closed/news.db
    chmod 555 closed
    refused "read-only" "news.db': Permission denied\|may not be written" "${as[@]}" "$isnad" add --db closed/news.db all.jsonl
    refused "read-only folder" "Permission denied\|cannot be opened" "${as[@]}" "$isnad" add --db closed/other.db one.jsonl
    "${as[@]}" "$isnad" check --db closed/news.db >said 2>&1 || fail "read in a read-only folder: $(cat said)"
    chmod 755 closed
fi

# not ours
python3 -c 'import sqlite3; db = sqlite3.connect("other.db"); db.execute("CREATE TABLE notes (x)"); db.commit()'
before=$(sha256sum other.db)
refused "another program's" "another program" "$isnad" add --db other.db one.jsonl
refused "another program's, read" "another program" "$isnad" check --db other.db
[ "$(sha256sum other.db)" = "$before" ] || fail "another program's: it was changed"
printf 'this is no database, only a text that is longer than a header of one, and then some more of it\n%.0s' 1 2 3 >other.db
before=$(sha256sum other.db)
refused "a text" "no database" "$isnad" add --db other.db one.jsonl
[ "$(sha256sum other.db)" = "$before" ] || fail "a text: it was changed"
refused "missing" "No such file" "$isnad" check --db other.db.missing
version=$(python3 -c 'import sqlite3; print(sqlite3.connect("news.db").execute("PRAGMA user_version").fetchone()[0])')
python3 -c 'import sqlite3; db = sqlite3.connect("news.db"); db.execute("PRAGMA user_version = 99"); db.commit()'
refused "newer" "newer isnad" "$isnad" add --db news.db one.jsonl
refused "newer, read" "newer isnad" "$isnad" check --db news.db
python3 -c "import sqlite3; db = sqlite3.connect('news.db'); db.execute('PRAGMA user_version = $version'); db.commit()"
[ "$(python3 "$here/content.py" news.db)" = "$content" ] || fail "newer: something changed"

# each kind of damage is found
damage() {
    cp news.db other.db
    python3 -c "import sqlite3; db = sqlite3.connect('other.db'); db.execute('PRAGMA foreign_keys = OFF'); db.execute(\"$2\"); db.commit()"
    "$isnad" check --db other.db >said 2>&1
    [ $? -eq 1 ] && grep -q "$3" said || fail "damage: $1: $(head -n 3 said)"
    rm -f other.db
}
damage "a text" "UPDATE texts SET text = replace(text, 'وزير', 'زعيم') WHERE article = 5" "text of article 5"
damage "a span" "UPDATE mentions SET end = end + 100000 WHERE article = 7 AND entity = 1 AND n = 1" "span of mentions in article 7"
damage "half a letter" "UPDATE quotes SET begin = begin + 1 WHERE article = (SELECT min(article) FROM quotes) AND n = 1" "span of quotes"
damage "a reference" "UPDATE parties SET entity = 9999 WHERE article = (SELECT min(article) FROM parties)" "refers to a row"
damage "a record" "UPDATE records SET record = x'00' WHERE article = 3" "record of article 3"
damage "words of the search" "UPDATE articles SET terms = terms + 1 WHERE id = 4" "search index"
damage "a word of the search" "DELETE FROM terms WHERE term = (SELECT min(term) FROM terms)" "table of words"
damage "a summary" "UPDATE actor_totals SET articles = articles + 1 WHERE actor = (SELECT min(actor) FROM actor_totals)" "rows of actor_totals"
damage "a row of a summary" "DELETE FROM event_sides WHERE at = (SELECT max(at) FROM event_sides)" "rows of event_sides"
damage "a meeting too many" "INSERT INTO meetings VALUES (1, 2, 3, 4, 5)" "rows of meetings"
damage "days of events" "UPDATE event_days SET events = events + 1 WHERE outlet = -1" "rows of event_days"
damage "an article gone" "DELETE FROM articles WHERE id = 9" "."
[ $failed -eq 0 ] && echo "refusals: all told, nothing lost"
exit $failed
