"""From a point of a line to the articles and sentences behind it.

Not for choosing examples: every article of the row is listed, and the sentences are a random sample that says of how
many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus.query import text_pattern
from analysis.errors import InputError, SelectionError, message
from analysis.escape import text as escaped
from analysis.fingerprint import derive_seed
from analysis.result import EvidenceSource, Measurement, Result
from analysis.series.frame import frame_of
from analysis.series.weights import weighted
from analysis.stats.checks import whole

if TYPE_CHECKING:
    from analysis.series.frame import Frame
    from analysis.series.weights import Weighted


@dataclass(frozen=True, eq=False)
class Traced:
    """The corpus of a line together with the measurement it was drawn from. A source of evidence."""

    corpus: EvidenceSource
    measurement: Measurement

    @property
    def fingerprint(self) -> str:
        """The corpus's."""
        return self.corpus.fingerprint

    def articles(self, fields: Sequence[str] | None = None, /) -> pd.DataFrame:
        """The corpus's articles."""
        return self.corpus.articles(fields)

    def sentences(self, doc_ids: Sequence[str], *, voice: str | None = None) -> pd.DataFrame:
        """The corpus's sentences."""
        return self.corpus.sentences(doc_ids, voice=voice)


@dataclass(frozen=True, eq=False)
class Sentences:
    """A sample of sentences to look at: `shown` of `total`, hits marked in HTML."""

    shown: pd.DataFrame
    total: int

    def __str__(self) -> str:
        head = f"{len(self.shown)} of {self.total:,} sentences"
        return "\n".join(
            [head, *(f"{d}: {t}" for d, t in zip(self.shown["doc_id"], self.shown["text"], strict=True))]
        )

    def _repr_html_(self) -> str:
        rows = []
        for doc_id, text, start, end in self.shown[["doc_id", "text", "start", "end"]].itertuples(
            index=False
        ):
            marked = escaped(text)
            if end > start:
                marked = (
                    f"{escaped(text[:start])}<mark>{escaped(text[start:end])}</mark>{escaped(text[end:])}"
                )
            rows.append(f"<li><code>{escaped(doc_id)}</code> {marked}</li>")
        return f"<p>{len(self.shown)} of {self.total:,} sentences</p><ul>{''.join(rows)}</ul>"


def evidence(
    result: Result, row: int, *, measurement: Measurement | None = None, n_sentences: int = 20, seed: int = 1
) -> Result:
    """List every article behind a row of a trend, with what each adds to it, and show some sentences.

    Parameters
    ----------
    result
        From `trend`.
    row
        Its row, counted from 0.
    measurement
        What the line was drawn from; needed only for a result that was loaded from a file.
    n_sentences, seed
        How many sentences to show, drawn at random from the articles with a numerator; any whole number.

    Returns
    -------
    Result
        kind `evidence`; one row an article, by doc_id:

        doc_id, outlet, published, title
            of the article.
        numerator, denominator
            as measured, float64.
        weight
            float64; the sums of weight x numerator and of weight x denominator are those of the row (for volume the
            denominator is the calendar's).

        Its exhibit is the sample of sentences; where the label is a query, those that match it, the match marked.

    Raises
    ------
    InputError, SelectionError
        Not a trend, no such row, or nothing to trace it with.
    """
    if not isinstance(result, Result) or result.kind != "trend":
        got = result.kind if isinstance(result, Result) else type(result).__name__
        raise InputError(message("There is no evidence for this", got=got, expected="a result of `trend`"))
    if isinstance(row, bool) or not isinstance(row, int | np.integer) or not 0 <= row < len(result):
        raise InputError(message("There is no such row", got=row, expected=f"0 to {len(result) - 1}"))
    whole("n_sentences", n_sentences, at_least=0)
    made = measurement or (result.source.measurement if isinstance(result.source, Traced) else None)
    if made is None:
        raise SelectionError(
            message(
                "The measurement of this line is not known",
                hint="Give it: `evidence(result, row, measurement=m)`.",
            )
        )
    if made.signature != result.params["measure"]:
        raise SelectionError(
            message(
                "This is not the measurement of the line",
                got=made.signature,
                expected=result.params["measure"],
            )
        )
    frame = frame_of(made, by=result.params["by"], across=result.params["across"])
    w = weighted(frame, weight=result.params["weight"], stories=result.params["stories"])
    own, weight = _behind(frame, w, row, outlets_equal=result.params["weight"] == "outlet")
    table = made.table.iloc[frame.row[own]].reset_index(drop=True).assign(weight=weight)
    ids = table["doc_id"].tolist() or ["none"]
    facts = frame.corpus.where(doc_id=ids).articles(["outlet", "published", "title"])
    columns = ["doc_id", "outlet", "published", "title", "numerator", "denominator", "weight"]
    table = table.merge(facts, on="doc_id", how="left")
    hits = table.loc[table["numerator"] != 0, "doc_id"].tolist()
    sample = _sample(frame.corpus, hits, made.label, n_sentences, seed)
    return Result(
        kind="evidence",
        table=table[columns],
        unit=result.unit,
        params={"of": result.signature, "row": int(row), "n_sentences": n_sentences, "seed": seed},
        corpus_fingerprint=result.corpus_fingerprint,
        notes=(f"All {len(table):,} articles of the row; {len(hits):,} with a numerator.",),
        source=frame.corpus,
        exhibit=sample,
    )


def _behind(
    frame: "Frame", w: "Weighted", row: int, *, outlets_equal: bool
) -> "tuple[np.ndarray, np.ndarray]":
    """The articles of a row of the table, and their weights."""
    group, period = divmod(int(row), frame.n_periods)
    own = np.flatnonzero((frame.group == group) & (frame.period == period) & w.used)
    weight = w.factor[own]
    if outlets_equal and frame.measurement.kind != "volume":
        total = np.bincount(w.stratum[own], weights=w.n[own], minlength=len(frame.calendar.outlets))
        weight = np.divide(
            weight, total[w.stratum[own]], out=np.zeros(own.size), where=total[w.stratum[own]] > 0
        )
    return own, weight


def _sample(corpus: EvidenceSource, doc_ids: list[str], label: str, n: int, seed: int) -> Sentences:
    """Draw sentences: at most 500 articles are opened, and all sentences of them counted that match."""
    import re2

    rng = np.random.Generator(np.random.PCG64(derive_seed(seed, "evidence")))
    opened = [doc_ids[i] for i in np.sort(rng.permutation(len(doc_ids))[:500])]
    found = corpus.sentences(opened)
    spans = np.zeros((len(found), 2), dtype=np.int64)
    try:
        query = re2.compile(text_pattern(label))
        hits = [query.search(t) for t in found["text"]]
        spans = np.array([h.span() if h else (0, 0) for h in hits], dtype=np.int64).reshape(-1, 2)
    except (InputError, re2.error):
        hits = []
    found = found.assign(start=spans[:, 0], end=spans[:, 1])
    if any(hits):
        found = found[[bool(h) for h in hits]]
    chosen = np.sort(rng.permutation(len(found))[:n])
    return Sentences(found.iloc[chosen].reset_index(drop=True), len(found))
