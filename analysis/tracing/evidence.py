"""From a row of a result to the articles and sentences behind it; and from all rows at once.

Not for choosing examples: every article of the row is listed, and the sentences are a random sample that says of how
many.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, message
from analysis.result import Measurement, Result
from analysis.stats.checks import whole
from analysis.tracing.behind import SIDES, Behind, Ints, Trace
from analysis.tracing.registry import trace_of
from analysis.tracing.sentences import sample

MOST = 20_000_000
"""Most rows of a table of evidence: about 1 GB."""
_BLOCK = 50  # rows of a result looked up at a time: with 100,000 articles each, a quarter of a gigabyte

_Measured = Measurement | Mapping[str, Measurement] | None


def evidence(
    result: Result, row: int, *, measurement: _Measured = None, n_sentences: int = 20, seed: int = 1
) -> Result:
    """List every article behind a row of a result, with what each adds to it, and show some sentences.

    Parameters
    ----------
    result
        Of a kind whose rows are made of articles: lines, comparisons, counts of words, topics, tone, speakers, and the
        tables that describe a corpus (`analysis.tracing.registry.TRACES`; `CLOSED` says why others do not open).
    row
        Its row, counted from 0.
    measurement
        What was drawn or compared; needed only for a result of a measurement that was loaded from a file.
    n_sentences, seed
        How many sentences to show, drawn at random from those with a hit (of a topic, a count: from all sentences of
        its articles); any whole number.

    Returns
    -------
    Result
        kind `evidence`; one row an article, by side and doc_id:

        side
            text: `target` or `reference` for rows about a difference (of a break: the level after it and the one
            before); null for others.
        doc_id, outlet, published, title
            of the article.
        numerator, denominator
            float64, as measured; the denominator null for rows that count articles.
        weight
            float64. For each side the sums of weight x numerator and of weight x denominator are those of the row.

        Its exhibit is the sample of sentences with the hits marked, and says of how many.

    Raises
    ------
    InputError
        Another kind of result, or no such row.
    SelectionError
        A loaded result without its corpus (`.attach(corpus)`) or measurement.

    Notes
    -----
    As costly as measuring again. For all rows of a table use `evidence_rows`, which takes the cost once.
    """
    whole("n_sentences", n_sentences, at_least=0)
    result, asked, trace = trace_of(result, measurement)
    at = _row(result, row)
    found = trace.behind(np.array([at], dtype=np.int64))
    table = _table(trace, found).drop(columns=["row", "n_docs"])
    table = table.sort_values(["side", "doc_id"], ascending=[False, True], kind="stable")
    ids = sorted(set(table["doc_id"]))
    facts = asked.corpus.where(doc_id=ids or ["none"]).articles(["outlet", "published", "title"])
    table = table.merge(facts, on="doc_id", how="left")
    hits = sorted(set(table.loc[table["numerator"] != 0, "doc_id"]))
    columns = ["side", "doc_id", "outlet", "published", "title", "numerator", "denominator", "weight"]
    shown = sample(asked.corpus, hits, trace.marker(at), n=n_sentences, seed=seed)
    return Result(
        kind="evidence",
        table=table[columns],
        unit=result.unit,
        params={"of": result.signature, "row": at, "n_sentences": n_sentences, "seed": seed},
        corpus_fingerprint=result.corpus_fingerprint,
        notes=(f"All {len(ids):,} articles of the row; {len(hits):,} with a numerator.", *trace.notes),
        source=asked.corpus,
        exhibit=shown,
    )


def evidence_rows(
    result: Result, rows: Sequence[int] | None = None, *, measurement: _Measured = None, every: bool = True
) -> Result:
    """List the articles behind many rows of a result at once.

    Parameters
    ----------
    result, measurement
        As for `evidence`.
    rows
        Which rows, counted from 0; None for all.
    every
        True: each article of each row. False: those with a numerator; the others of a row and side are one line
        without a doc_id, so that the sums stay those of the row.

    Returns
    -------
    Result
        kind `evidence_rows`, by row, side (target first) and doc_id; the line of the others last:

        row
            int64, of the result's table.
        side, doc_id, numerator, denominator, weight
            as for `evidence`.
        n_docs
            int64: 1; of the line of the others, how many they are.

    Raises
    ------
    InputError, SelectionError
        As for `evidence`; or more than 20 million lines.

    Notes
    -----
    One pass over the articles, as costly as measuring again; then a look-up a row.
    """
    result, _, trace = trace_of(result, measurement)
    return rows_behind(result, trace, rows, every=every)


def rows_behind(result: Result, trace: Trace, rows: Sequence[int] | None, *, every: bool) -> Result:
    """List the articles behind many rows of a result that was opened already; see `evidence_rows`."""
    wanted = np.array(range(len(result)) if rows is None else [_row(result, r) for r in rows], dtype=np.int64)
    blocks, size = [], 0
    for first in range(0, max(1, wanted.size), _BLOCK):
        found = trace.behind(wanted[first : first + _BLOCK])
        block = _table(trace, found if every else _with_numerator(found))
        if not every:
            block = pd.concat([block, _others(found)], ignore_index=True)
        size += len(block)
        if size > MOST:
            raise InputError(
                message(
                    "The evidence would be too large",
                    got=f"more than {MOST:,} lines",
                    hint="Ask for fewer `rows`, or say `every=False`.",
                )
            )
        blocks.append(block)
    table = pd.concat(blocks, ignore_index=True)
    table = table.assign(
        order=table["row"].map({r: i for i, r in reversed(list(enumerate(wanted.tolist())))}),
        last=table["doc_id"].isna(),
    ).sort_values(["order", "side", "last", "doc_id"], ascending=[True, False, True, True], kind="stable")
    return Result(
        kind="evidence_rows",
        table=table[["row", "side", "doc_id", "numerator", "denominator", "weight", "n_docs"]],
        unit=result.unit,
        params={"of": result.signature, "rows": None if rows is None else wanted.tolist(), "every": every},
        corpus_fingerprint=result.corpus_fingerprint,
        notes=trace.notes,
        source=result.source,
    )


def _row(result: Result, row: Any) -> int:
    if isinstance(row, bool) or not isinstance(row, int | np.integer) or not 0 <= row < len(result):
        raise InputError(message("There is no such row", got=row, expected=f"0 to {len(result) - 1}"))
    return int(row)


def _table(trace: Trace, found: Behind) -> pd.DataFrame:
    sides = np.array(SIDES, dtype=object)
    return pd.DataFrame(
        {
            "row": found.row,
            "side": pd.Series(sides[found.side], dtype="str"),
            "doc_id": pd.Series(trace.doc_ids[found.doc], dtype="str"),
            "numerator": found.numerator,
            "denominator": found.denominator,
            "weight": found.weight,
            "n_docs": np.ones(found.row.size, dtype=np.int64),
        }
    )


def _with_numerator(found: Behind) -> Behind:
    kept = found.numerator != 0
    return found.at(kept)


def _others(found: Behind) -> pd.DataFrame:
    """One line a row and side for the articles without a numerator: how many, and their weighted denominators."""
    out = found.numerator == 0
    row, side = found.row[out], found.side[out]
    key, place = np.unique(row * len(SIDES) + side, return_inverse=True)
    sums: Ints = np.bincount(place, minlength=key.size)
    total = np.bincount(place, weights=(found.denominator * found.weight)[out], minlength=key.size)
    return pd.DataFrame(
        {
            "row": key // len(SIDES),
            "side": pd.Series(np.array(SIDES, dtype=object)[key % len(SIDES)], dtype="str"),
            "doc_id": pd.Series([None] * key.size, dtype="str"),
            "numerator": np.zeros(key.size),
            "denominator": total,
            "weight": np.ones(key.size),
            "n_docs": sums.astype(np.int64),
        }
    )
