"""Many machines: articles out of WARC, JSON Lines and HTML into tables of Parquet, and the stories over all of them.

    import isnad.spark
    isnad.spark.code(spark, ["hdfs:///crawl/2021"], "hdfs:///news")     # records, from pages
    isnad.spark.tables(spark, "hdfs:///news")                           # articles, entities, mentions, quotes, events, counts ...
    isnad.spark.stories(spark, "hdfs:///news")                          # stories, story_articles, story_joins

or all three: ``isnad.spark.run(spark, paths, out)``. What comes out is what ``isnad add`` and ``isnad stories`` give on one machine, whatever the number
of machines and whoever of them is lost on the way. docs/spark.md tells how it is done and how to submit it.

Needs pyspark 3.5 or later, pyarrow and numpy on the driver and on the workers (``pip install 'isnad[spark]'``).
"""

from typing import Any, Dict, Iterable

from ._code import code
from ._stories import stories
from ._tables import TABLES, tables

__all__ = ["code", "tables", "stories", "run", "TABLES"]


def run(spark: Any, paths: Iterable[str], out: str, **options: Any) -> Dict[str, int]:
    """All three steps; ``options`` are those of `code`. Returns how many rows each table has."""
    code(spark, paths, out, **options)
    counts = tables(spark, out)
    counts.update(stories(spark, out))
    return counts
