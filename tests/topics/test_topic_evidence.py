"""Rows about topics open to their articles, whose words of the topic add up to the row."""

import numpy as np
import pytest

import analysis as an
from analysis.plots import plot
from analysis.plots.hits import hits
from analysis.tracing.evidence import evidence_rows


@pytest.mark.parametrize("kind", ["topic_table", "topic_periods", "topic_outlets"])
def test_the_articles_of_a_row_add_up_to_it(model: "an.TopicModel", kind: str) -> None:
    result = getattr(an, kind)(model)
    found = evidence_rows(result).table
    sums = (
        found.groupby("row")[["numerator", "denominator", "n_docs"]]
        .sum()
        .reindex(range(len(result)))
        .fillna(0.0)
    )
    table = result.table
    if "n_words" in table:
        np.testing.assert_allclose(sums["numerator"], table["n_words"], atol=1e-9)
    there = sums["denominator"] > 0
    np.testing.assert_allclose(
        (sums["numerator"] / sums["denominator"])[there], table["share"][there], atol=1e-12
    )


@pytest.mark.parametrize("kind", ["topic_table", "topic_periods"])
def test_the_marks_of_a_picture_of_topics_are_rows_of_its_table(model: "an.TopicModel", kind: str) -> None:
    result = getattr(an, kind)(model)
    rows = [h.row for h in hits(plot(result))]
    assert rows
    assert set(rows) <= set(range(len(result)))
