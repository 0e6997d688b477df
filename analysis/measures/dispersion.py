"""How evenly terms are spread over articles, outlets and weeks: is this one paper's word, or one day's?

Not for change over time (`trend`): weeks are parts without an order here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy import sparse

from analysis.errors import InputError, message
from analysis.measures.parts import labels_at, parts_of, spread_over
from analysis.result import Result, Traced
from analysis.stats.checks import whole
from analysis.terms.dtm import Dtm, dtm
from analysis.terms.matching import find
from analysis.terms.patterns import Pattern, pattern_of
from analysis.terms.tokens import Tokens

if TYPE_CHECKING:
    pass

Terms: TypeAlias = str | Pattern | Sequence[str | Pattern] | Mapping[str, Pattern]
"""One pattern, several, or the categories of a dictionary (`read_dictionary`)."""

NO_WORDS = "the selection holds no words in this voice and part"
OVER = ("article", "outlet", "week")
PER = 10_000


def dispersion(
    tokens: Tokens,
    terms: Terms | None = None,
    *,
    over: str | Sequence[str] = OVER,
    top: int = 30,
) -> Result:
    """Measure how evenly terms are spread over the parts of a selection.

    Parameters
    ----------
    tokens
        From `an.tokens`: the selection and what counts as a term.
    terms
        A pattern or several (words, `afghan*`, "foreign minister", alternatives by `|`), or the categories of a
        dictionary; without them the most frequent terms of the recipe.
    over
        One or several of "article", a period ("day", "week", "month", "quarter", "year"), or a field of the
        articles.
    top
        How many of the most frequent terms, where none are named; at least 1.

    Returns
    -------
    Result
        One row a term and division, terms as named (else the most frequent first).

        - `term`, `over` (str), `freq` (int64, occurrences in the parts), `n_parts` (int64, parts with words),
          `n_parts_with` (int64, parts with the term)
        - `dp` (float64): Gries' deviation of proportions; 0 is spread as the words are, towards 1 all in one small
          part.
        - `dp_random` (float64): what `dp` would be on average if the same occurrences fell on words at random. A
          rare term cannot be even: it is the excess of `dp` over this that says something.
        - `dp_norm` (float64): dp over its maximum; null with one part. `juilland_d` (float64): 1 is even; not with
          many parts.
        - `largest_part` (str, the part with the most occurrences), `largest_share` (float64, its share of the
          occurrences), `largest_words_share` (float64, its share of all words).

        Null for a term that does not occur.

    Raises
    ------
    InputError, UnknownNameError
        A pattern or a field that is none.

    Notes
    -----
    One pass to count and one over the fields. References: Gries (2008); Lijffijt & Gries (2012); Juilland, Brodin &
    Davidovitch (1970); for `dp_random` see `parts.random_dp`.
    """
    import pandas as pd

    divisions = _divisions(over)
    counted, counts, names = counted_terms(tokens, terms, top)
    columns: list[pd.DataFrame] = []
    notes = []
    for division in divisions:
        parts = parts_of(tokens.corpus, counted.doc_ids, division)
        found = spread_over(counts, counted.n_words, parts.code, len(parts.names))
        if parts.n_outside:
            notes.append(
                f"{parts.n_outside:,} articles without a date as exact as a {division} are in no {division}"
            )
        if found.n_parts == 1:
            notes.append(f"there is one {division} only: nothing can be uneven over it")
        columns.append(
            pd.DataFrame(
                {
                    "term": pd.Series(names, dtype="str"),
                    "over": pd.Series([division] * len(names), dtype="str"),
                    "freq": found.freq,
                    "n_parts": np.full(len(names), found.n_parts, dtype=np.int64),
                    "n_parts_with": found.n_parts_with,
                    "dp": found.dp,
                    "dp_random": found.dp_random,
                    "dp_norm": found.dp_norm,
                    "juilland_d": found.juilland_d,
                    "largest_part": pd.Series(labels_at(parts.names, found.largest), dtype="str"),
                    "largest_share": found.largest_share,
                    "largest_words_share": found.largest_words_share,
                }
            )
        )
    if not counted.n_words.sum():
        notes = [NO_WORDS]
    table = pd.concat(columns, ignore_index=True)
    order = np.tile(np.arange(len(names)), len(divisions))
    table = table.iloc[np.argsort(order, kind="stable")]
    missing = [n for n, f in zip(names, np.asarray(counts.sum(axis=0)).ravel(), strict=True) if not f]
    if missing:
        notes.append(f"does not occur: {', '.join(missing)}")
    return Result(
        kind="dispersion",
        table=table,
        unit="deviation of proportions, 0 even to 1",
        params={**tokens.params, "terms": _said(terms), "over": divisions, "top": top},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=tuple(notes),
        source=Traced(tokens.corpus, tokens, {"terms": terms}),
    )


def dispersion_parts(
    tokens: Tokens, terms: Terms | None = None, *, over: str = "week", top: int = 12
) -> Result:
    """Lay out where terms occur, part by part: what `dispersion` puts into one number.

    Parameters
    ----------
    tokens, terms, top
        As for `dispersion`.
    over
        A period, or a field of the articles; "article" too, but that is a row for every article and term.

    Returns
    -------
    Result
        `term` (str), `over` (str), `part` (str, in order of its name), `n_docs` (int64, articles), `n_words`
        (int64, words), `freq` (int64, occurrences), `doc_freq` (int64, articles with the term), `rate` (float64,
        per 10,000 words). A part without any word has no row: nothing was said in it, or nothing collected.
    """
    import pandas as pd

    counted, counts, names = counted_terms(tokens, terms, top)
    parts = parts_of(tokens.corpus, counted.doc_ids, over)
    inside = np.flatnonzero(parts.code >= 0)
    code, n_parts = parts.code[inside], len(parts.names)
    docs = np.bincount(code, minlength=n_parts)
    words = np.bincount(code, weights=counted.n_words[inside], minlength=n_parts)
    kept = np.flatnonzero(words > 0)
    total = np.zeros((len(names), kept.size), dtype=np.int64)
    found = np.zeros_like(total)
    for i in range(len(names)):
        column = np.asarray(counts[:, [i]].todense()).ravel()[inside]
        total[i] = np.bincount(code, weights=column, minlength=n_parts)[kept]
        found[i] = np.bincount(code[column > 0], minlength=n_parts)[kept]
    table = pd.DataFrame(
        {
            "term": pd.Series(np.repeat(np.array(names, dtype=object), kept.size), dtype="str"),
            "over": pd.Series([over] * total.size, dtype="str"),
            "part": pd.Series([parts.names[k] for k in kept.tolist()] * len(names), dtype="str"),
            "n_docs": np.tile(docs[kept], len(names)).astype(np.int64),
            "n_words": np.tile(words[kept], len(names)).astype(np.int64),
            "freq": total.ravel(),
            "doc_freq": found.ravel(),
            "rate": (PER * total / words[kept]).ravel(),
        }
    )
    notes = (f"{parts.n_outside:,} articles are in no {over}",) if parts.n_outside else ()
    return Result(
        kind="dispersion_parts",
        table=table,
        unit="per 10,000 words",
        params={**tokens.params, "terms": _said(terms), "over": over, "top": top},
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=notes,
        source=Traced(tokens.corpus, tokens, {"terms": terms}),
    )


def _divisions(over: str | Sequence[str]) -> list[str]:
    """The divisions asked for, each once."""
    given = [over] if isinstance(over, str) else list(over)
    if not given or not all(isinstance(o, str) for o in given) or len(set(given)) < len(given):
        raise InputError(
            message("`over` is no division", got=over, expected='"article", a period or a field, each once')
        )
    return given


def counted_terms(tokens: Tokens, terms: Terms | None, top: int) -> tuple[Dtm, Any, list[str]]:
    """Count the terms of each article, and name them: those named by patterns, else the most frequent ones."""
    whole("top", top)
    counted = dtm(tokens)
    if terms is None:
        order = np.lexsort((np.arange(len(counted.terms)), -counted.term_freq))[:top]
        return counted, counted.counts[:, order], [counted.terms[i] for i in order]
    patterns = patterns_of(terms)
    columns = []
    for pattern in patterns.values():
        hits = find(tokens, pattern)
        columns.append(np.bincount(hits.doc, minlength=len(hits.doc_ids)))
    return counted, sparse.csr_array(np.stack(columns, axis=1)), list(patterns)


def patterns_of(terms: Terms) -> dict[str, Pattern]:
    """Name the patterns: by their text, or by the categories of a dictionary."""
    if isinstance(terms, Mapping):
        named = {str(name): pattern_of(value) for name, value in terms.items()}
    else:
        given = [terms] if isinstance(terms, str | Pattern) else list(terms)
        read = [pattern_of(value) for value in given]
        named = {pattern.text: pattern for pattern in read}
        if len(named) < len(read):
            raise InputError(message("`terms` names a pattern twice", got=[p.text for p in read]))
    if not named:
        raise InputError(message("`terms` names nothing", expected="one pattern or several"))
    return named


def _said(terms: Terms | None) -> Any:
    """The patterns as a parameter of a result."""
    if terms is None:
        return None
    patterns = patterns_of(terms)
    return {n: p.text for n, p in patterns.items()} if isinstance(terms, Mapping) else list(patterns)
