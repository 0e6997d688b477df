"""How varied the words of articles are: MATTR and MTLD, by article and by group.

Not for comparing languages, nor corpora of different preprocessing, nor texts too short to have a ratio.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.errors import choose
from analysis.measures.parts import parts_of
from analysis.measures.stream import COLUMNS, Reader, single_words
from analysis.periods import PERIODS
from analysis.result import Measurement, Result, Traced
from analysis.stats.checks import share, whole
from analysis.stats.diversity import mattr as _mattr
from analysis.stats.diversity import mtld as _mtld

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens

Floats = npt.NDArray[np.float64]
MEASURES = ("mattr", "mtld")


class Articles(NamedTuple):
    """Words, MATTR and MTLD of each article, sorted by `doc_id`; NaN where there is no value."""

    doc_id: list[str]
    n_words: npt.NDArray[np.int64]
    mattr: Floats
    mtld: Floats


def diversity(
    tokens: "Tokens",
    *,
    across: str | None = None,
    measure: str = "mattr",
    window: int = 50,
    threshold: float = 0.72,
    min_words: int = 100,
    level: float = 0.95,
) -> Result:
    """Measure the lexical diversity of articles, and average it by group.

    Parameters
    ----------
    tokens
        From `an.tokens`. Stop words, dropped words and short words are kept whatever the recipe says, for they are
        part of running text; punctuation is left out; case, numbers and lemmas are as in the recipe.
    across
        A field of the articles, or a period (day, week, month, quarter, year); default all articles together.
    measure
        What the groups are sorted by (periods by name): "mattr" or "mtld". Both are in the table.
    window
        Words in a window of MATTR, at least 1.
    threshold
        Type-token ratio at which a run of MTLD ends.
    min_words
        Articles with fewer words are not measured; at least `window`.
    level
        Of the intervals.

    Returns
    -------
    Result
        `group` (str), `n_docs` (int64, articles), `n_measured` (int64, articles of `min_words` or more), `n_words`
        (int64, of those), `mattr`, `mattr_low`, `mattr_high` (float64, mean over articles and its interval, 0 to
        1), `mtld`, `mtld_low`, `mtld_high` (float64, words). Null below two measured articles (intervals) or one.

    Notes
    -----
    The mean gives every article the same weight. Intervals are Student's t over articles: they are about articles
    like these, one independent of the other; copies are not. An article in which no word is repeated has no MTLD.
    One pass. References: Covington & McFall (2010); McCarthy & Jarvis (2010).
    """
    import pandas as pd

    choose("measure", measure, MEASURES)
    share("level", level)
    found = each_article(tokens, window, threshold, min_words)
    parts = parts_of(tokens.corpus, found.doc_id, across) if across else None
    code = np.zeros(len(found.doc_id), dtype=np.int64) if parts is None else parts.code
    names = ["all"] if parts is None else parts.names
    rows = []
    for i, name in enumerate(names):
        here = code == i
        measured = here & (found.n_words >= min_words)
        row: dict[str, Any] = {
            "group": name,
            "n_docs": int(here.sum()),
            "n_measured": int(measured.sum()),
            "n_words": int(found.n_words[measured].sum()),
        }
        for column in MEASURES:
            row |= mean_interval(column, getattr(found, column)[measured], level)
        rows.append(row)
    ends = [f"{m}{end}" for m in MEASURES for end in ("", "_low", "_high")]
    table = pd.DataFrame(rows, columns=["group", "n_docs", "n_measured", "n_words", *ends])
    if across not in PERIODS and len(table):
        table = table.sort_values([measure, "group"], ascending=[False, True], kind="stable")
    short = int(np.sum(found.n_words < min_words))
    outside = [f"{parts.n_outside:,} articles are in no {across}"] if parts and parts.n_outside else []
    notes = [
        "stop words are counted, punctuation is not",
        f"{short:,} articles of fewer than {min_words} words are not measured",
        *outside,
    ]
    return Result(
        kind="diversity",
        table=table,
        unit="MATTR: distinct words / words, mean of windows; MTLD: words",
        params={
            **tokens.params,
            "across": across,
            "measure": measure,
            "window": window,
            "threshold": threshold,
            "min_words": min_words,
            "level": level,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=tuple(notes),
        source=Traced(tokens.corpus, tokens),
    )


def article_diversity(
    tokens: "Tokens",
    *,
    measure: str = "mattr",
    window: int = 50,
    threshold: float = 0.72,
    min_words: int = 100,
) -> Measurement:
    """Measure the lexical diversity of each article, for trends and comparisons: a mean over articles.

    Parameters
    ----------
    tokens, measure, window, threshold, min_words
        As for `diversity`.

    Returns
    -------
    Measurement
        numerator: the article's MATTR (0 to 1) or MTLD (words); denominator: 1. Articles without a value (shorter
        than `min_words`, or no word repeated) have no row.
    """
    import pandas as pd

    choose("measure", measure, MEASURES)
    found = each_article(tokens, window, threshold, min_words)
    values = getattr(found, measure)
    kept = np.flatnonzero((found.n_words >= min_words) & ~np.isnan(values))
    table = pd.DataFrame(
        {
            "doc_id": pd.Series([found.doc_id[i] for i in kept], dtype="str"),
            "numerator": values[kept],
            "denominator": np.ones(kept.size),
        }
    )
    return Measurement(
        kind="article_diversity",
        label=measure.upper(),
        unit="per article" if measure == "mattr" else "words, per article",
        table=table,
        params={
            **tokens.params,
            "measure": measure,
            "window": window,
            "threshold": threshold,
            "min_words": min_words,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
    )


def mean_interval(name: str, values: Floats, level: float) -> dict[str, float]:
    """Mean of the numbers among these and Student's t interval; NaN where there are too few.

    >>> {k: round(v, 3) for k, v in mean_interval("mtld", np.array([70.0, 80.0, 90.0]), 0.95).items()}
    {'mtld': 80.0, 'mtld_low': 55.159, 'mtld_high': 104.841}
    """
    from scipy.special import stdtrit

    known = values[~np.isnan(values)]
    n = known.size
    mean = float(known.mean()) if n else np.nan
    half = np.nan
    if n > 1:
        half = float(stdtrit(n - 1, (1 + level) / 2) * known.std(ddof=1) / np.sqrt(n))
    return {name: mean, f"{name}_low": mean - half, f"{name}_high": mean + half}


@dataclass(frozen=True)
class _Diversity:
    """The fold: every article is measured in its batch, and only its numbers are kept."""

    reader: Reader
    window: int
    threshold: float

    def zero(self) -> list[tuple[list[str], npt.NDArray[np.int64], Floats, Floats]]:
        return []

    def add(self, state: list[Any], batch: pa.RecordBatch) -> list[Any]:
        tokens = TokenBatch.of(batch)
        words = self.reader.words(tokens)
        kept = words.term >= 0
        sizes = np.bincount(words.doc[kept], minlength=len(tokens)).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        ids = words.term[kept]
        return [
            *state,
            (
                batch.column("doc_id").to_pylist(),
                sizes,
                _mattr(ids, offsets, window=self.window),
                _mtld(ids, offsets, threshold=self.threshold),
            ),
        ]

    def merge(self, left: list[Any], right: list[Any]) -> list[Any]:
        return [*left, *right]

    def finish(self, state: list[Any]) -> Articles:
        ids = [i for block in state for i in block[0]]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        arrays = [np.concatenate([block[k] for block in state]) if state else np.empty(0) for k in (1, 2, 3)]
        n_words, mattr, mtld = (a[order] if len(order) else a for a in arrays)
        return Articles([ids[i] for i in order], n_words.astype(np.int64), mattr, mtld)


def each_article(tokens: "Tokens", window: int, threshold: float, min_words: int) -> Articles:
    """Measure every article."""
    whole("window", window)
    share("threshold", threshold)
    whole("min_words", min_words, at_least=window)
    running = replace(tokens, recipe=single_words(tokens.recipe, stopwords=(), drop=(), min_length=1))
    reader = Reader(running.vocabulary, running.recipe.voices, running.recipe.parts)
    return tokens.corpus.fold(_Diversity(reader, window, threshold), *COLUMNS, label="diversity")
