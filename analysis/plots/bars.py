"""Lengths to compare: counts by reason or rule, and parts of a whole by outlet or file format."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots import hits, theme

if TYPE_CHECKING:
    from analysis.result import Result

Rows = dict[Any, int]
"""The rows of the table that bars, or parts of bars (by bar and part), are."""
MAX_BARS = 20
MAX_PARTS = len(theme.COLOURS) - 1  # the last colour is for the rest


def accounting(result: "Result") -> Figure:
    """Records by the format they came in: kept, duplicates, rejected."""
    table = result.table
    parts = ["kept", "duplicates", "rejected"]
    table = table.assign(format=table["format"].replace("", "refused"))
    counts = table.groupby("format")[parts].sum()
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    total = counts.to_numpy().sum()
    files = table.groupby("format").size()
    names = [f"{f} ({files[f]:,} file{'s' if files[f] != 1 else ''})" for f in counts.index]
    said = ", ".join(f"{counts[p].sum():,.0f} {p}" for p in parts)
    return _shares(
        counts.set_axis(names), title="What became of the records, by file format",
        colours=[theme.STRONG, theme.COLOURS[5], theme.WARM],
        alt=f"Bars by file format of {total:,.0f} records: {said}.",
    )  # fmt: skip


def reject_reasons(result: "Result") -> Figure:
    """Records set aside, by reason."""
    return _counts(
        result.table.groupby("reason")["n"].sum(), title="Records rejected, by reason", unit="records"
    )


def duplicates(result: "Result") -> Figure:
    """Records not kept because another of the same article was, by reason and outlet."""
    table = result.table.pivot_table(
        index="outlet", columns="reason", values="n", aggfunc="sum", fill_value=0
    )
    if len(table) > 1 and len(table.columns) > 1:
        return _stacked(
            table, title="Duplicate records, by outlet and reason", unit="records",
            rows=_rows_of(result.table, "outlet", "reason"),
        )  # fmt: skip
    column = "outlet" if len(table) > 1 else "reason"
    counts = result.table.groupby(column)["n"].sum()
    rows = {key: row for row, key in enumerate(result.table[column])}
    return _counts(counts, title=f"Duplicate records, by {column}", unit="records", rows=rows)


def date_quality(result: "Result") -> Figure:
    """Where the date of each article comes from and how exact it is, as shares of an outlet's articles."""
    table = result.table.copy()
    source = table["published_source"].astype(object).where(table["published_source"].notna(), None)
    precision = table["precision"].astype(object).where(table["precision"].notna(), None)
    flag = table["flag"].astype(object).where(table["flag"].notna(), None)
    words = [_date_words(s, p, f) for s, p, f in zip(source, precision, flag, strict=True)]
    table = table.assign(what=words)
    counts = _by_outlet(table, "what")
    return _shares(
        counts, title="Dates: how exact, from where, and what is doubtful",
        alt=f"Bars of the quality of dates in {len(counts)} outlets: " + _said(counts) + ".",
        rows=_rows_of(table, "outlet", "what"),
    )  # fmt: skip


def languages(result: "Result") -> Figure:
    """Languages found in the text, as shares of an outlet's articles."""
    table = result.table.copy()
    table["identified"] = table["identified"].astype(object).where(table["identified"].notna(), "not told")
    counts = _by_outlet(table, "identified")
    return _shares(
        counts, title="Languages found in the text",
        alt=f"Bars of languages in {len(counts)} outlets: " + _said(counts) + ".",
        rows=_rows_of(table, "outlet", "identified"),
    )  # fmt: skip


def cleaning(result: "Result") -> Figure:
    """Passages taken out of the articles, by the rule that took them."""
    counts = result.table.groupby("rule")["n_removals"].sum()
    return _counts(counts, title="Pieces removed, by rule", unit="pieces")


def _date_words(source: str | None, precision: str | None, flag: str | None) -> str:
    """What is known of a date, in the words of a legend."""
    if not precision or precision == "none":
        words = "no date"
    else:
        words = precision if not source or source == "none" else f"{precision}, from {source}"
    return f"{words} ({flag})" if flag else words


def _by_outlet(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Articles by outlet and one more column, both in falling order."""
    counts = table.pivot_table(index="outlet", columns=column, values="n_docs", aggfunc="sum", fill_value=0)
    rows = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    parts = counts.sum(axis=0).sort_values(ascending=False, kind="stable").index
    return counts.loc[rows, parts]


def _said(counts: pd.DataFrame, limit: int = 4) -> str:
    """The largest parts in words."""
    totals = counts.sum(axis=0)
    whole = max(float(totals.sum()), 1.0)
    return ", ".join(f"{name} {100 * n / whole:.1f} %" for name, n in totals.iloc[:limit].items())


def _rows_of(table: pd.DataFrame, bar: str, part: str) -> Rows:
    """The row of each part of a bar; a part that adds up several rows is none."""
    keys = list(zip(table[bar], table[part], strict=True))
    return {key: row for row, key in enumerate(keys) if keys.count(key) == 1}


def _counts(counts: pd.Series, *, title: str, unit: str, rows: Rows | None = None) -> Figure:
    """Plain horizontal bars with their number at the end."""
    counts = counts.sort_values(ascending=False, kind="stable")
    top, rest = counts.iloc[:MAX_BARS], counts.iloc[MAX_BARS:]
    names = [theme.label(str(n).replace("_", " "), 40) for n in top.index]
    values = [float(v) for v in top]
    if len(rest):
        names.append(f"{len(rest)} others")
        values.append(float(rest.sum()))
    figure = theme.figure(height=0.75 + 0.27 * len(names))
    axes = figure.subplots()
    at = np.arange(len(names))
    colours = [theme.STRONG] * len(top) + [theme.MUTED] * (len(names) - len(top))
    axes.barh(at, values, color=colours, height=0.66)
    for place, key in enumerate(top.index):
        if rows and key in rows:
            hits.boxes(axes, 0.0, place - 0.33, values[place], place + 0.33, [rows[key]])
    for y, value in zip(at, values, strict=True):
        axes.annotate(
            f"{value:,.0f}", (value, y), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8
        )
    _horizontal(axes, names, whole=True)
    axes.set_xlim(0, max(values) * 1.12 or 1)
    theme.title(figure, title)
    said = ", ".join(f"{n} {v:,.0f}" for n, v in list(zip(names, values, strict=True))[:5])
    figure.alt = f"Bars of {unit}: {said}" + (" and more." if len(names) > 5 else ".")  # type: ignore[attr-defined]
    return figure


def _stacked(counts: pd.DataFrame, *, title: str, unit: str, rows: Rows) -> Figure:
    """Bars in parts, in counts."""
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    counts = counts[counts.sum(axis=0).sort_values(ascending=False, kind="stable").index]
    alt = f"Stacked bars of {counts.to_numpy().sum():,.0f} {unit} by outlet: " + _said(counts) + "."
    return _parts(counts, counts, title=title, alt=alt, colours=None, percent=False, rows=rows)


def _shares(
    counts: pd.DataFrame,
    *,
    title: str,
    alt: str,
    colours: Sequence[str] | None = None,
    rows: Rows | None = None,
) -> Figure:
    """Bars in parts, each as long as a whole; the count stands at the end."""
    whole = counts.sum(axis=1).replace(0, 1)
    return _parts(
        counts.div(whole, axis=0),
        counts,
        title=title,
        alt=alt,
        colours=colours,
        percent=True,
        rows=rows or {},
    )


def _parts(
    lengths: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    title: str,
    alt: str,
    colours: Sequence[str] | None,
    percent: bool,
    rows: Rows,
) -> Figure:
    """Draw bars in parts with a legend above; rows and parts beyond the limits are added up or said."""
    dropped = len(lengths) - MAX_BARS
    lengths, counts = lengths.iloc[:MAX_BARS], counts.iloc[:MAX_BARS]
    if len(lengths.columns) > MAX_PARTS + 1:
        kept = lengths.iloc[:, :MAX_PARTS].copy()
        kept[f"{len(lengths.columns) - MAX_PARTS} others"] = lengths.iloc[:, MAX_PARTS:].sum(axis=1)
        lengths = kept
    colours = list(colours or theme.COLOURS)
    # The legend takes a line for every three parts.
    legend = -(-len(lengths.columns) // 3)
    figure = theme.figure(height=0.85 + 0.2 * legend + 0.29 * len(lengths) + (0.2 if dropped > 0 else 0))
    axes = figure.subplots()
    at = np.arange(len(lengths))
    left = np.zeros(len(lengths))
    for part, colour in zip(lengths.columns, colours, strict=False):
        values = lengths[part].to_numpy(dtype=float)
        axes.barh(
            at, values, left=left, height=0.66, color=colour, edgecolor=theme.PAPER, linewidth=0.6,
            label=theme.label(str(part).replace("_", " "), 36),
        )  # fmt: skip
        for y, (bar, low, value) in enumerate(zip(lengths.index, left.tolist(), values, strict=True)):
            if (bar, part) in rows and value > 0:
                hits.boxes(axes, low, y - 0.33, low + value, y + 0.33, [rows[bar, part]])
        left += values
    ends = np.ones(len(lengths)) if percent else left
    for y, (x, total) in enumerate(zip(ends, counts.sum(axis=1), strict=True)):
        axes.annotate(
            f"{total:,.0f}", (x, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8,
            color=theme.QUIET, annotation_clip=False,
        )  # fmt: skip
    _horizontal(axes, [theme.label(str(n), 34) for n in lengths.index])
    axes.set_xlim(0, 1.0 if percent else float(left.max()) * 1.12 or 1)
    if percent:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{100 * v:.0f} %"))
    theme.title(figure, title)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside lower left", ncols=min(3, len(lengths.columns)),
        handlelength=1.0, handleheight=0.9, columnspacing=1.6, borderaxespad=0.2,
    )  # fmt: skip
    if dropped > 0:
        axes.set_xlabel(f"The {len(lengths)} largest of {len(lengths) + dropped}.", fontsize=7.5)
    figure.alt = alt  # type: ignore[attr-defined]
    return figure


def _horizontal(axes: Axes, names: Sequence[str], *, whole: bool = False) -> None:
    """Names on the left, largest on top, light lines behind; counts have no tick between two whole numbers."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=whole))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: theme.compact(v)))
    axes.grid(axis="x")
