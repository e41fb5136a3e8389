# What a record is read back from is what was coded: a database filled with articles and one filled with their records hold the same numbers.
printf '%s\n' '{"id":"a","text":"أعلنت الوزارة تقديم مساعدات بقيمة 8.3 مليون دولار إلى الأردن. وقتل 12 شخصا."}' >lines.jsonl
isnad add --db articles.db --no-progress lines.jsonl 2>&1
isnad code lines.jsonl | isnad add --db records.db --no-progress --records - 2>&1
for db in articles records; do
    python3 -c 'import sqlite3, sys; print([repr(row) for row in sqlite3.connect(sys.argv[1]).execute("SELECT value, high, what FROM counts")])' $db.db
done
