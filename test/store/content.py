#!/usr/bin/env python3
"""Prints the hash of all that stands in a database, its rows sorted: equal for equal content. The search index and the number of batches are left to `isnad check`."""
import hashlib
import sqlite3
import sys

with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as db:
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
                                             " AND name NOT LIKE 'sqlite%' AND name <> 'revision' ORDER BY name")]
    digest = hashlib.sha256()
    for table in tables:
        rows = sorted(repr(row) for row in db.execute(f"SELECT * FROM {table}"))
        digest.update(f"{table} {len(rows)}\n".encode())
        for row in rows:
            digest.update(row.encode())
    print(digest.hexdigest(), db.execute("SELECT count(*) FROM articles").fetchone()[0])
