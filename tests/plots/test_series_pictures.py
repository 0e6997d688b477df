"""Breaks, comparisons, events and stories are drawn: one, many, none, loaded from a file, awkward names."""

import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.plots import alt_text, plot
from analysis.plots.status import columns
from analysis.plots.theme import save_png
from analysis.result import Result, Traced


class Corpus:
    """A source of evidence that holds nothing."""

    fingerprint = "f"

    def articles(self, fields: Any = None, /) -> pd.DataFrame:
        """Nothing."""
        return pd.DataFrame()

    def sentences(self, doc_ids: Any, *, voice: str | None = None) -> pd.DataFrame:
        """Nothing."""
        return pd.DataFrame()


def result(kind: str, table: pd.DataFrame, source: Any = None, **params: Any) -> Result:
    return Result(
        kind=kind, table=table, unit="per 10,000 words", corpus_fingerprint="f", source=source,
        params={"by": "week", "label": "ferry", **params},
    )  # fmt: skip


WEEKS = pd.Series(pd.date_range("2025-01-06", periods=40, freq="7D")).dt.as_unit("us")


def line(groups: tuple[str | None, ...]) -> Result:
    frames = []
    for i, group in enumerate(groups):
        values = np.where(np.arange(40) < 20, 2.0, 6.0) + np.sin(np.arange(40) + i)
        values[7] = np.nan
        status = np.where(np.isnan(values), "missing", "collected")
        frames.append(
            pd.DataFrame(
                {"period": WEEKS, "group": group, "n_docs": 5, "estimate": values, "low": values - 1,
                 "high": values + 1, "standardised": values, "status": status}
            )
        )  # fmt: skip
    return result("trend", pd.concat(frames, ignore_index=True), across=None)


def rows(*found: tuple[Any, ...]) -> pd.DataFrame:
    names = ["group", "kind", "break", "low", "high", "before", "after", "difference", "p"]
    table = pd.DataFrame(found, columns=names)
    for name in ("break", "low", "high"):
        table[name] = pd.to_datetime(table[name]).dt.as_unit("us")
    return table


def a_break(group: str | None = "all", at: str = "2025-05-26") -> tuple[Any, ...]:
    return (group, "break", at, "2025-05-12", "2025-06-02", 2.0, 6.0, 4.0, 0.002)


def none(group: str | None = "all", p: float = 0.4) -> tuple[Any, ...]:
    return (group, "none", None, None, None, np.nan, np.nan, np.nan, p)


def pulse(group: str | None = "all") -> tuple[Any, ...]:
    return (group, "pulse", "2025-03-03", "2025-03-03", "2025-03-10", 2.0, 9.0, 7.0, 0.01)


def drawn(made: Result) -> Any:
    figure = plot(made)
    save_png(figure, io.BytesIO())
    return figure


@pytest.mark.parametrize("attached", [True, False])
def test_breaks_are_drawn_with_their_line_and_without(attached: bool) -> None:
    source = Traced(Corpus(), None, {"line": line(("all",))}) if attached else None
    made = result("breaks", rows(pulse(), a_break()), source)
    figure = drawn(made)
    levels = [c for c in figure.axes[0].collections if type(c).__name__ == "LineCollection"]
    assert len(levels) == 2
    assert "1 break and 1 pulse: all: 2025-05-26 (2025-05-12 to 2025-06-02), 2 to 6" in alt_text(made)
    assert any("2025-05-26" in t.get_text() for t in figure.axes[0].texts)


def test_no_break_and_not_tested_are_said() -> None:
    for p, said in ((0.4, "no break, p = .400"), (float("nan"), "not tested")):
        figure = drawn(result("breaks", rows(none(p=p)), Traced(Corpus(), None, {"line": line(("all",))})))
        assert [t.get_text() for t in figure.axes[0].texts] == [said]
        drawn(result("breaks", rows(none(p=p))))


def test_many_groups_have_panels_and_the_rest_is_said() -> None:
    names: tuple[str | None, ...] = (*(f"$Outlet {i}$ <b>" for i in range(11)), None)
    made = result("breaks", rows(*(a_break(n) for n in names)), Traced(Corpus(), None, {"line": line(names)}))
    assert "3 more groups are not drawn" in drawn(made).alt
    drawn(result("breaks", rows(a_break("A"), a_break("A", "2025-08-11"), none("B"))))


def compared(**changes: Any) -> Result:
    row = {
        "contrast": "pooled", "target": 6.0, "reference": 2.0, "difference": 4.0, "low": 1.0, "high": 7.0, "p": 0.01,
        "p_placebo": 0.05, "n_placebo": 19,
    }  # fmt: skip
    table = pd.DataFrame([{**row, **changes}, {**row, "contrast": "standardised", "n_placebo": 0}])
    sides = {"target": {"since": "2025-05-26"}, "reference": {"outlet": ["A", "B"], "until": "2025-05-25"}}
    return result("compare", table, level=0.95, **sides)


def test_a_comparison_shows_both_sides_and_says_its_p() -> None:
    figure = drawn(compared())
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == ["as printed", "mix held fixed"]
    assert figure.axes[1].texts[0].get_text() == "+4, p .010\nplacebo dates: .050 of 19"
    assert "difference +4 (1 to 7), p .010" in figure.alt


def test_a_comparison_without_a_test_or_numbers_is_drawn() -> None:
    nan = float("nan")
    drawn(compared(low=nan, high=nan, p=nan))
    assert drawn(compared(target=nan, difference=nan, low=nan, high=nan, p=nan)).axes[1].texts[
        0
    ].get_text() == ("null\nplacebo dates: .050 of 19")


def around(n_before: int, n_after: int, *, placebo: bool = True) -> Result:
    lag = np.arange(-n_before, n_after)
    estimate = np.where(lag < 0, 0.0, 4.0)
    band = np.full(lag.size, 2.0 if placebo else np.nan)
    table = pd.DataFrame(
        {"period": WEEKS[: lag.size], "lag": lag, "n_docs": 9, "estimate": estimate,
         "low": estimate - 1, "high": estimate + 1,
         "placebo_low": -band, "placebo_high": band,
         "status": ["incomplete", "missing", *["collected"] * (lag.size - 2)]}
    )  # fmt: skip
    table.loc[1, ["estimate", "low", "high"]] = np.nan
    return result("event", table, date="2025-05-26", level=0.95)


def test_an_event_is_drawn_with_the_band_of_other_dates_and_without() -> None:
    figure = drawn(around(12, 8))
    assert "8 lie beyond what is seen at other dates. 1 are gaps." in figure.alt
    assert "the same at other dates" in {t.get_text() for t in figure.legends[0].get_texts()}
    plain = drawn(around(3, 2, placebo=False))
    assert "the same at other dates" not in {t.get_text() for t in plain.legends[0].get_texts()}


def test_a_point_of_one_article_does_not_flatten_the_line_and_is_pointed_to() -> None:
    table = line(("all",)).table.assign(numerator=1.0, denominator=1.0)
    table.loc[3, ["estimate", "n_docs"]] = [400.0, 1]
    figure = drawn(result("trend", table, across=None))
    assert figure.axes[0].get_ylim()[1] < 10
    assert [t.get_text() for t in figure.axes[0].texts] == ["400"]


def test_stories_are_drawn_by_size() -> None:
    table = pd.DataFrame({"n_docs": [40, 12, 2, 2, 3], "n_outlets": [9, 1, 2, 1, 1]})
    figure = drawn(result("stories", table))
    assert [t.get_text() for t in figure.axes[0].texts] == ["2", "1", "0", "0", "0", "1", "1"]
    assert "5 stories of two or more articles, 2 of them in several outlets" in figure.alt
    drawn(result("stories", table.iloc[2:3]))


def test_a_legend_takes_as_many_columns_as_the_page_is_wide() -> None:
    assert columns(["a", "b", "c"]) == 3
    assert columns(["x" * 60, "y" * 60, "z"]) == 2  # x with y above each other, z beside them
    assert columns(["x" * 200]) == 1
