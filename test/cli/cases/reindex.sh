# What articles are searched by, made anew: the same with the same lexicon; with a folder of one's own `isnad check` tells that it is needed, and then it isn't.
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" "$SOURCE/examples/articles" 2>/dev/null
dump() { python3 - <<'P'
import sqlite3
db = sqlite3.connect("file:news.db?mode=ro", uri=True)
for table in "terms", "spellings", "actor_words", "articles":
    rows = sorted(map(repr, db.execute(f"SELECT * FROM {table}")))
    print(table, len(rows) > 5, hash(tuple(rows)) if False else "\n".join(rows))
P
}
dump >before
isnad search --db news.db --json المعبر >found
isnad reindex --db news.db; echo "exit $?"
dump >after
cmp before after && echo "the same words"
isnad search --db news.db --json المعبر | cmp - found && echo "the same answers"
isnad check --db news.db; echo "exit $?"
# words that aren't there any more come back, and an index that was emptied
python3 -c '
import sqlite3
db = sqlite3.connect("news.db")
db.execute("DELETE FROM terms WHERE term > (SELECT min(term) FROM terms)")
db.execute("DELETE FROM actor_words")
db.execute("UPDATE articles SET terms = 7")
db.commit()'
isnad check --db news.db 2>&1 | sed 's/[0-9]* of [0-9]* articles/N of N articles/' | sort | uniq -c | sed 's/^ *[0-9]* //' | sed 's/article [0-9]*/article N/' | sort -u
isnad reindex --db news.db
dump | cmp - before && isnad check --db news.db
isnad reindex --db missing.db; echo "exit $?"; ls missing.db 2>&1
isnad reindex --db news.db file; echo "exit $?"
isnad reindex; echo "exit $?"
