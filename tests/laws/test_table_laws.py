"""Periods partition the days, and a saved result is the result."""

import datetime as dt
import tempfile

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import periods
from analysis.result import Result

days = st.dates(dt.date(1850, 1, 1), dt.date(2150, 12, 31))
text = st.none() | st.text(max_size=20)
params = st.dictionaries(
    st.text("abc_", min_size=1, max_size=5),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10),
    max_size=4,
)


@given(first=days, length=st.integers(0, 800), by=st.sampled_from(periods.PERIODS))
def test_periods_partition_the_days_of_a_range(first: dt.date, length: int, by: str) -> None:
    every = np.datetime64(first) + np.arange(length + 1)
    last = every[-1].item()
    edges = periods.period_edges(first, last, by)
    assert np.array_equal(edges.starts[1:], edges.ends[:-1] + 1), "no gap and no overlap"
    assert edges.starts[0] <= every[0]
    assert edges.ends[-1] >= every[-1]
    assert np.array_equal(np.unique(periods.period_start(every, by)), edges.starts)
    labels = periods.period_labels(edges.starts, by)
    assert len(set(labels)) == len(labels)
    assert edges.complete[1:-1].all()


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.tuples(text, st.none() | st.floats(allow_nan=False), st.integers(-5, 5), st.none() | days),
        max_size=5,
    ),
    params=params,
    notes=st.lists(st.text(max_size=10), max_size=2),
)
def test_a_saved_result_comes_back_equal_and_saves_to_the_same_bytes(
    rows: list[tuple[object, ...]], params: dict[str, object], notes: list[str]
) -> None:
    table = pd.DataFrame(rows, columns=["term", "rate", "n", "published"])
    result = Result(
        kind="toy", table=table, unit="x", params=params, corpus_fingerprint="ab", notes=tuple(notes)
    )
    with tempfile.TemporaryDirectory() as folder:
        result.save(folder, name="one")
        back = Result.load(folder)
        assert back == result
        assert back.signature == result.signature
