"""Records as tables."""

import datetime

import pytest

import isnad


def test_rows_are_the_records(records):
    made = isnad.tables(records)
    assert [table.name for table in made] == list(isnad.SCHEMAS) == ["articles", "mentions", "entities", "quotes", "events", "counts"]
    for table in made:
        assert list(table.columns) == [column for column, _ in isnad.SCHEMAS[table.name]]
        assert len({len(values) for values in table.columns.values()}) == 1
    assert len(made.articles) == len(records) == 12
    assert len(made.events) == sum(len(r.events) for r in records) > 30
    assert len(made.mentions) == sum(len(r.mentions) for r in records)
    assert len(made.quotes) == sum(len(r.quotes) for r in records)
    assert len(made.counts) == sum(len(r.counts) for r in records)
    by_id = {r.id: r for r in records}
    for row, event in zip(made.events, (e for r in records for e in r.events)):
        record = by_id[row["article"]]
        assert row["text"] == event.text == record.text[row["start"]:row["end"]]
        assert row["actors_keys"] == [a.key for a in event.actors] and row["type"] == event.type
        assert (row["first_day"], row["last_day"]) == (event.days or (None, None))
        assert row["trigger"] == event.trigger.text


def test_arrow(records, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet
    made = isnad.tables(records)
    arrow = made.arrow()
    for name, table in arrow.items():
        table.validate(full=True)
        assert table.schema == isnad.arrow_schema(name) and table.num_rows == len(made[name])
    assert arrow["events"].to_pylist()[0]["type"] == made.events.columns["type"][0]
    files = made.write_parquet(tmp_path / "out")
    assert [pyarrow.parquet.read_table(file).num_rows for file in files] == [len(table) for table in made]
    assert isinstance(made.events.batch(), pyarrow.RecordBatch)
    with pytest.raises(isnad.ArgumentError):
        isnad.arrow_schema("nothing")


def test_pandas(records):
    pandas = pytest.importorskip("pandas")
    made = isnad.tables(records).pandas()
    events = made["events"]
    assert events["first_day"].dt.year.isin([2019, 2021, 2022]).all()
    assert str(events["quad"].dtype) == "Int64" and events["confidence"].between(0, 1).all()
    joined = made["mentions"].merge(made["entities"], on=["article", "entity"])
    assert len(joined) == len(made["mentions"])
    assert made["articles"]["day"].iloc[0] == pandas.Timestamp(records[0].day)


def test_empty_and_in_parts(records):
    assert len(isnad.tables([]).events) == 0
    builder = isnad.TableBuilder()
    whole = isnad.tables(record.raw for record in records)
    rows = []
    for record in records:
        builder.add(record)
        rows += list(builder.take().events)
    assert rows == list(whole.events)


def test_empty_tables_have_types():
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    nothing = isnad.tables([])
    assert nothing.arrow()["events"].num_rows == 0
    assert len(nothing.pandas()["events"]) == 0


def test_pages_with_days_that_are_none(engine):
    record = engine.code("وصل الرئيس المصري إلى عمّان.")
    assert record.published is None
    row = next(iter(isnad.tables([record]).events))
    assert row["first_day"] is None
    assert isnad.days("0001-01-01")[0] == datetime.date.min
