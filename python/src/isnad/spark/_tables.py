"""From records to tables: each article once, as `isnad add` keeps them, and what it says, a row each."""

from typing import Any, Dict

#: The tables and what a row of each is made of: the column of the record that is laid out, and expressions over `x`, an element of it.
TABLES = {
    "articles": (None, "id, uri, address, outlet, published, language, title, text, author, modified, tags, page.kind AS page, source, version"),
    "blocks": ("blocks", "x.begin, x.end, x.kind"),
    "entities": ("entities", "x.id AS entity, x.type, x.name, x.english, x.kb, x.key, x.country, x.sector, x.region, x.at.lat AS lat, x.at.lon AS lon"),
    "mentions": ("entities", "x.id AS entity, y.begin, y.end, y.form"),
    "roles": ("entities", "x.id AS entity, y.office, y.of AS body, y.country, y.begin, y.end"),
    "dates": ("dates", "x.begin, x.end, x.value"),
    "quotes": ("quotes", "x.id AS quote, x.begin, x.end, x.kind, x.speaker, x.cue.begin AS cue_begin, x.cue.end AS cue_end, x.via, x.rule, x.confidence"),
    "events": ("events", "x.id AS event, x.type, x.mode, x.context, x.cameo, x.quad, x.intensity, x.begin, x.end, x.trigger.begin AS trigger_begin,"
                         " x.trigger.end AS trigger_end, x.actor, x.recipient, x.place, x.date, x.status, x.via, x.quote, x.rule, x.confidence"),
    "counts": ("counts", "x.begin, x.end, x.value, x.high, x.bound, x.what, x.unit, x.event"),
    "digests": (None, "key, minutes, digest"),
}
_INNER = {"mentions": "mentions", "roles": "roles"}


def newest(records: Any) -> Any:
    """The articles that stay, by number, with their versions: the rule of docs/database.md.

    An article is known by what names it (`identity`). One that is there with the same content stays as it is; another content is a new version, and the
    newest counts. One that only its path names isn't kept twice where the same content is there under another name.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    rows = records.where("fault IS NULL").select("article", "identity", "content", "own")
    same = Window.partitionBy("content").orderBy("article")
    rows = rows.withColumn("first", f.row_number().over(same) == 1).where("own OR first")
    known = Window.partitionBy("identity").orderBy("article")
    rows = rows.withColumn("before", f.lag("content").over(known)).where("before IS NULL OR before != content")
    rows = rows.withColumn("version", f.row_number().over(known))
    last = Window.partitionBy("identity").orderBy(f.desc("article"))
    return rows.withColumn("last", f.row_number().over(last)).where("last = 1").select("article", f.col("version").cast("int").alias("version"))


def tables(spark: Any, out: str) -> Dict[str, int]:
    """Makes ``out/articles``, ``out/entities`` and the others of `TABLES`, and ``out/diagnostics``, from ``out/records``. Returns how many rows each has.

    Every table has ``article``, the number of the article: of its part of a file, and its place in there. Spans are bytes of ``text``, the end
    exclusive, as in the record (docs/record.md). ``diagnostics`` also holds what gave no article: its ``article`` is null, its ``code`` ``fault``.
    """
    out = out.rstrip("/")
    records = spark.read.parquet(out + "/records")
    newest(records).write.mode("overwrite").parquet(out + "/newest")
    kept = spark.read.parquet(out + "/newest")
    for name, (column, columns) in TABLES.items():
        rows = records.where("fault IS NULL").join(kept, "article")
        if column:
            rows = rows.selectExpr("article", f"explode({column}) AS x")
            if name in _INNER:
                rows = rows.selectExpr("article", "x", f"explode(x.{_INNER[name]}) AS y")
        _write(rows.selectExpr("article", *_split(columns)), out, name)
    said = records.where("fault IS NULL").join(kept, "article").selectExpr("article", "uri", "explode(diagnostics) AS x").selectExpr(
        "article", "uri AS file", "CAST(NULL AS long) AS line", "x.begin", "x.end", "x.code", "x.message")
    faults = records.where("fault IS NOT NULL").selectExpr(
        "article", "fault.file", "fault.line", "CAST(NULL AS int) AS begin", "CAST(NULL AS int) AS end", "'fault' AS code", "fault.message")
    _write(said.unionAll(faults), out, "diagnostics")
    return {name: spark.read.parquet(f"{out}/{name}").count() for name in [*TABLES, "diagnostics"]}


def _split(columns: str) -> "list[str]":
    return [column.strip() for column in columns.split(",")]


def _write(rows: Any, out: str, name: str) -> None:
    rows.write.mode("overwrite").option("compression", "zstd").parquet(f"{out}/{name}")
