# Articles kept in a database: adding, adding again, a changed article, records that were coded before, plain SQL.
cp "$SOURCE"/examples/articles/*.txt .
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" ./*.txt; echo "exit $?"
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" ./*.txt; echo "exit $?"
isnad check --db news.db; echo "exit $?"
echo "وأضاف المتحدث أن العمل جار لإعادة فتح الطريق." >>bridge-1.txt
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" bridge-1.txt
mkdir elsewhere
cp attack-1.txt elsewhere
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" elsewhere
# The record comes back as it was printed: those added as records give the same content.
cp "$SOURCE"/examples/articles/bridge-1.txt .
isnad code --metadata "$SOURCE/examples/metadata.tsv" ./*.txt >records.jsonl
isnad add --db one.db --metadata "$SOURCE/examples/metadata.tsv" ./*.txt 2>/dev/null
isnad add --db two.db --records records.jsonl; echo "exit $?"
isnad check --db two.db
[ "$(python3 "$SOURCE/test/store/content.py" one.db)" = "$(python3 "$SOURCE/test/store/content.py" two.db)" ] && echo "the same content"
python3 - <<'P'
import sqlite3
db = sqlite3.connect("news.db")
print(db.execute("PRAGMA application_id").fetchone()[0] == 0x69736e64, db.execute("PRAGMA user_version").fetchone()[0])
print(db.execute("SELECT version, previous, replaced FROM articles WHERE uri LIKE '%bridge-1.txt' ORDER BY version").fetchall())
print(db.execute("SELECT title, published, text, old_end - begin, new_end - begin > 60 FROM changes").fetchall())
print(db.execute("SELECT count(*) FROM article_list").fetchone()[0], "articles;",
      db.execute("SELECT count(*) > 10 FROM event_list").fetchone()[0], db.execute("SELECT count(*) > 5 FROM quote_list").fetchone()[0])
bad = db.execute("SELECT count(*) FROM mention_list WHERE form = 'name' AND length(words) < 2").fetchone()[0]
print("short names:", bad)
P
isnad add --db news.db; echo "exit $?"
isnad add article.txt; echo "exit $?"
isnad check; echo "exit $?"
isnad check --db missing.db; echo "exit $?"
isnad add --db news.db missing.txt; echo "exit $?"
echo '{"text": 5}' | isnad add --db news.db --records -; echo "exit $?"
