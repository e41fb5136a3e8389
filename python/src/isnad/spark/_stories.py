"""The stories over all articles, the same as one machine makes of them (docs/stories.md, "Made by many machines").

1. Blocks: a slice of time with the ten days before it and the articles of unknown time holds everything that its articles look at. Slices are cut so that
   each has about ``slice_articles`` of its own, however unevenly articles fall. Each slice gives its pairs, by libisnad's own code.
2. Parts: articles that no pair joins with others are made apart. Pairs are contracted to what connects, first in each slice, then in one task.
3. Each part is made into stories by libisnad's own code; articles without a pair are stories of their own.
4. Stories are numbered by the time and id of their first articles; each goes on with the earlier one that the pair most alike in topic leads to.
"""

from typing import Any, Dict, Iterator, List, Tuple

from .. import _core
from ._code import engine

WINDOW = _core.PAIRS_MINUTES
UNDATED = -1  # the slice of articles whose time isn't known
AT_ONCE = 20000  # articles of parts that are made in one call


def slices_of(hours: List[Tuple[int, int]], target: int) -> List[int]:
    """Where slices begin, in minutes, given how many articles each hour has."""
    begins: List[int] = []
    n = 0
    for hour, count in sorted(hours):
        if not begins or n + count > target:
            begins.append(hour * 60)
            n = 0
        n += count
    return begins


def _assigner(begins: List[int]) -> Any:
    """Articles to the slices that need them: their own, where they look for others, and those that look back on them."""

    def assign(batches: Iterator[Any]) -> Iterator[Any]:
        import numpy as np
        import pyarrow as pa

        edges = np.array(begins, dtype="i8")
        for batch in batches:
            article, minutes, digest = batch.columns
            dated = np.asarray(minutes.is_valid())
            when = np.asarray(minutes.fill_null(0)).astype("i8")
            own = np.searchsorted(edges, when, "right") - 1
            last = np.searchsorted(edges, when + WINDOW, "right") - 1  # the last slice whose beginning looks back so far
            rows, into, looks = [], [], []
            for row in range(len(when)):
                slices = range(own[row], max(own[row], last[row]) + 1) if dated[row] else range(UNDATED, len(begins))
                for slice_ in slices:
                    rows.append(row)
                    into.append(slice_)
                    looks.append(slice_ == (own[row] if dated[row] else UNDATED))
            at = pa.array(rows, pa.int64())
            yield pa.RecordBatch.from_arrays([pa.array(into, pa.int32()), pa.array(looks, pa.bool_()), article.take(at), digest.take(at)],
                                             names=["slice", "looks", "article", "digest"])

    return assign


class _Digests:
    """Digests of a group, one behind the other."""

    def __init__(self) -> None:
        self.data: List[bytes] = []
        self.articles: List[Any] = []
        self.lengths: List[Any] = []
        self.n = 0

    def add(self, articles: Any, digests: Any) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        lengths = np.asarray(pc.binary_length(digests)).astype("i8")
        own = pa.concat_arrays([digests])  # its buffers begin with it
        begin = np.frombuffer(own.buffers()[1], "i4")[own.offset]
        self.data.append(own.buffers()[2].to_pybytes()[begin : begin + int(lengths.sum())])
        self.articles.append(np.asarray(articles))
        self.lengths.append(lengths)
        self.n += len(articles)

    def taken(self) -> Tuple[bytes, bytes, Any]:
        import numpy as np

        ends = np.cumsum(np.concatenate(self.lengths))
        if len(ends) and ends[-1] > 2**31 - 1:
            raise ValueError(f"{self.n} articles are too many for one slice; choose a smaller slice_articles")
        return b"".join(self.data), ends.astype("i4").tobytes(), np.concatenate(self.articles)


def _runs(column: Any) -> Iterator[Tuple[int, int, int]]:
    """Runs of equal numbers in a column: value, begin, end."""
    import numpy as np

    values = np.asarray(column)
    cuts = np.flatnonzero(values[1:] != values[:-1]) + 1
    for begin, end in zip([0, *cuts], [*cuts, len(values)]):
        if end > begin:
            yield int(values[begin]), int(begin), int(end)


def _find_pairs(batches: Iterator[Any]) -> Iterator[Any]:
    """The pairs of slices that come one after the other, those that are only looked back on first."""
    import numpy as np
    import pyarrow as pa

    def pairs(group: _Digests, first: int) -> Iterator[Any]:
        if group.n == first:
            return
        data, ends, articles = group.taken()
        a, b, odds, topic = _core.pairs(engine(), data, ends, first)
        yield pa.RecordBatch.from_arrays(
            [pa.array(articles[np.frombuffer(a, "u4")]), pa.array(articles[np.frombuffer(b, "u4")]), pa.array(np.frombuffer(odds, "f4")),
             pa.array(np.frombuffer(topic, "f4"))], names=["a", "b", "odds", "topic"])

    at, group, first = None, _Digests(), 0
    for batch in batches:
        slices, looks, articles, digests = batch.columns
        for slice_, begin, end in _runs(slices):
            if slice_ != at:
                yield from pairs(group, first)
                at, group, first = slice_, _Digests(), 0
            n = end - begin
            first += n - int(np.asarray(looks.slice(begin, n).cast(pa.uint8())).sum())
            group.add(articles.slice(begin, n), digests.slice(begin, n))
    yield from pairs(group, first)


def _contract(batches: Iterator[Any]) -> Iterator[Any]:
    """Pairs to (article, the least article that it is connected with), of the pairs at hand."""
    import numpy as np
    import pyarrow as pa

    ends: List[Any] = []
    for batch in batches:
        ends.append(np.stack([np.asarray(batch.column(0)), np.asarray(batch.column(1))]))
    if not ends:
        return
    both = np.concatenate(ends, axis=1)
    articles, places = np.unique(both, return_inverse=True)
    places = places.reshape(both.shape).astype("u4")
    least = np.frombuffer(_core.connect(places[0].tobytes(), places[1].tobytes(), len(articles)), "u4")
    for begin in range(0, len(articles), 1 << 20):
        part = slice(begin, begin + (1 << 20))
        yield pa.RecordBatch.from_arrays([pa.array(articles[part]), pa.array(articles[least[part]])], names=["a", "b"])


def _make_parts(batches: Iterator[Any]) -> Iterator[Any]:
    """Connected parts to stories: rows of members (place -1: none) and of joins. A part's articles come before its pairs, part by part."""
    import numpy as np
    import pyarrow as pa

    names = ["first", "place", "article", "origin", "join", "a", "b", "odds"]

    def make(group: _Digests, pairs: List[Any]) -> Iterator[Any]:
        if not group.n:
            return
        data, ends, articles = group.taken()
        order = np.argsort(articles)
        a, b, odds, topic = (np.concatenate([p[i] for p in pairs]) if pairs else np.zeros(0) for i in range(4))
        places = [order[np.searchsorted(articles[order], side)].astype("u4").tobytes() for side in (a, b)]
        members, joins = _core.stories_of_part(engine(), data, ends, places[0], places[1], odds.astype("f4").tobytes(), topic.astype("f4").tobytes())
        story, place, origin = (np.frombuffer(column, "u4") for column in members)
        first = np.zeros(int(story.max()) + 1, "i8")
        first[story[place == 0]] = articles[place == 0]
        yield pa.RecordBatch.from_arrays(
            [pa.array(first[story]), pa.array(place.astype("i4")), pa.array(articles), pa.array(articles[origin])]
            + [pa.nulls(len(story), kind) for kind in (pa.int32(), pa.int64(), pa.int64(), pa.float32())], names=names)
        of, number, left, right = (np.frombuffer(column, "u4") for column in joins[:4])
        if len(of):
            yield pa.RecordBatch.from_arrays(
                [pa.array(first[of]), pa.nulls(len(of), pa.int32()), pa.nulls(len(of), pa.int64()), pa.nulls(len(of), pa.int64()),
                 pa.array(number.astype("i4")), pa.array(articles[left]), pa.array(articles[right]), pa.array(np.frombuffer(joins[4], "f4"))],
                names=names)

    at, group, pairs = None, _Digests(), []  # type: ignore[var-annotated]
    for batch in batches:
        parts, articles, digests, a, b, odds, topic = batch.columns
        for part, begin, end in _runs(parts):
            if part != at and group.n >= AT_ONCE:
                yield from make(group, pairs)
                group, pairs = _Digests(), []
            at = part
            n = end - begin
            is_member = np.asarray(articles.slice(begin, n).is_valid())
            members = int(is_member.sum())
            if members:
                group.add(articles.slice(begin, members), digests.slice(begin, members))
            if members < n:
                pairs.append([np.asarray(column.slice(begin + members, n - members)) for column in (a, b, odds, topic)])
    yield from make(group, pairs)


def _number(spark: Any, rows: Any, name: str) -> Any:
    """Rows that are sorted and checkpointed, numbered from 0."""
    from pyspark.sql import functions as f

    placed = rows.withColumn("_partition", f.spark_partition_id()).withColumn("_place", f.monotonically_increasing_id())
    counts = {row._partition: row["count"] for row in placed.groupBy("_partition").count().collect()}
    offsets, total = [], 0
    for partition in sorted(counts):
        offsets.append((partition, total - (partition << 33)))
        total += counts[partition]
    if not offsets:
        return rows.withColumn(name, f.lit(0).cast("long"))
    offset = f.create_map(*[f.lit(value).cast("long") for pair in offsets for value in pair])
    return placed.withColumn(name, f.col("_place") + offset[f.col("_partition").cast("long")]).drop("_partition", "_place")


def stories(spark: Any, out: str, *, slice_articles: int = 50000) -> Dict[str, int]:
    """Makes ``out/stories``, ``out/story_articles`` and ``out/story_joins`` (and ``out/story_pairs``) from ``out/digests``. Returns how many rows each has.

    ``stories``: ``story`` (the number, by time of the first article), ``articles``, ``origins`` (independent ones), ``follows`` (the earlier story that it
    goes on with, or null), ``link_a``, ``link_b`` (the articles that show it). ``story_articles``: ``story``, ``n`` (by time), ``article``, ``origin`` (the
    first article of the same origin). ``story_joins``: why two parts of a story were put together. Articles are numbers of ``out/articles``.

    ``slice_articles``: articles of a slice of time; a task holds those of its slice and of the ten days before, 3 KB each.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    out = out.rstrip("/")
    digests = spark.read.parquet(out + "/digests").where("digest IS NOT NULL")
    hours = digests.where("minutes IS NOT NULL").groupBy(f.floor(f.col("minutes") / 60).alias("hour")).count().collect()
    begins = slices_of([(row.hour, row["count"]) for row in hours], slice_articles)

    assigned = digests.select("article", "minutes", "digest").mapInArrow(
        _assigner(begins), "slice int, looks boolean, article long, digest binary")
    sliced = assigned.repartition(max(1, len(begins) + 1), "slice").sortWithinPartitions("slice", "looks", "article")
    sliced.mapInArrow(_find_pairs, "a long, b long, odds float, topic float").write.mode("overwrite").parquet(out + "/story_pairs")
    pairs = spark.read.parquet(out + "/story_pairs")

    joining = pairs.where(f.col("odds") >= _core.PAIRS_JOIN)
    contracted = joining.select("a", "b").mapInArrow(_contract, "a long, b long").coalesce(1).mapInArrow(_contract, "a long, b long")
    contracted.write.mode("overwrite").parquet(out + "/story_parts")
    parts = spark.read.parquet(out + "/story_parts").withColumnsRenamed({"a": "article", "b": "part"})

    none = {"long": f.lit(None).cast("long"), "float": f.lit(None).cast("float"), "binary": f.lit(None).cast("binary")}
    members = digests.join(parts, "article").select("part", "article", "digest", none["long"].alias("a"), none["long"].alias("b"),
                                                    none["float"].alias("odds"), none["float"].alias("topic"))
    own = joining.join(parts, joining.a == parts.article).select("part", none["long"].alias("article"), none["binary"].alias("digest"), "a", "b", "odds",
                                                                 "topic")
    grouped = members.unionAll(own).repartition("part").sortWithinPartitions("part", f.col("article").asc_nulls_last(), "a", "b")
    grouped.mapInArrow(_make_parts, "first long, place int, article long, origin long, join int, a long, b long, odds float").write.mode(
        "overwrite").parquet(out + "/story_made")
    made = spark.read.parquet(out + "/story_made")

    alone = digests.join(parts, "article", "left_anti").select(f.col("article").alias("first"), f.lit(0).alias("place"), "article",
                                                               f.col("article").alias("origin"))
    placed = made.where("article IS NOT NULL").select("first", "place", "article", "origin").unionAll(alone)
    time = digests.select(f.col("article"), f.coalesce("minutes", f.lit(-(2**31))).alias("minutes"), "key")
    firsts = placed.where("place = 0").join(time, "article").select("first", "minutes", "key")
    firsts.orderBy("minutes", "key").write.mode("overwrite").parquet(out + "/story_firsts")
    ordered = spark.read.parquet(out + "/story_firsts").orderBy("minutes", "key").persist()
    numbered = _number(spark, ordered, "story").select("first", "story")

    rows = placed.join(numbered, "first").select("story", f.col("place").alias("n"), "article", "origin")
    rows.write.mode("overwrite").parquet(out + "/story_articles")
    story_articles = spark.read.parquet(out + "/story_articles")
    made.where("article IS NULL").join(numbered, "first").select("story", f.col("join").alias("n"), "a", "b", "odds").write.mode("overwrite").parquet(
        out + "/story_joins")

    of = story_articles.select("article", "story").join(time, "article")
    a = of.select(*[f.col(c).alias(c + "_a") for c in of.columns])
    b = of.select(*[f.col(c).alias(c + "_b") for c in of.columns])
    led = pairs.join(a, pairs.a == a.article_a).join(b, pairs.b == b.article_b).where("story_a != story_b")
    led = led.withColumn("story", f.greatest("story_a", "story_b")).withColumn("follows", f.least("story_a", "story_b"))
    best = Window.partitionBy("story").orderBy(f.desc("topic"), "minutes_b", "key_b", "minutes_a", "key_a")
    led = led.withColumn("rank", f.row_number().over(best)).where("rank = 1").select(
        "story", "follows", f.col("a").alias("link_a"), f.col("b").alias("link_b"))
    sizes = story_articles.groupBy("story").agg(f.count("*").alias("articles"), f.sum((f.col("article") == f.col("origin")).cast("long")).alias("origins"))
    sizes.join(led, "story", "left").write.mode("overwrite").parquet(out + "/stories")
    ordered.unpersist()
    return {name: spark.read.parquet(f"{out}/{name}").count() for name in ("stories", "story_articles", "story_joins")}
