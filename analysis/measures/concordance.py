"""Key word in context: every hit of a pattern with the words around it.

Not for counting: `term_rate` does, over the same hits.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import InputError, did_you_mean, message
from analysis.measures.kwic import KwicLines, table_of
from analysis.measures.kwic_read import cut_of, joined, ordered, readers
from analysis.result import Result, Traced
from analysis.terms.matching import find, finder, lookup
from analysis.terms.occurrences import no_hits
from analysis.terms.patterns import Pattern, pattern_of

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens

SORTS = ("position", "date", "outlet", "L1", "L2", "L3", "R1", "R2", "R3")
_WIDEST = 50


def concordance(
    tokens: "Tokens",
    pattern: "str | Sequence[str] | Pattern",
    *,
    window: int = 8,
    sort: str | Sequence[str] = "position",
    max_rows: int | None = 1000,
) -> Result:
    """Show every hit of a pattern in its context.

    Parameters
    ----------
    tokens
        Articles and recipe; what holds of it for patterns is said at `term_rate`.
    pattern
        As for `term_rate`.
    window
        Tokens on either side, punctuation included (0 to 50). Contexts end with the title, standfirst or body.
    sort
        `position` (by article, then place), `date` (undated last), `outlet`, or the words next to the hit, `L1` the
        first to its left, `R1` to its right, up to 3; or several, the first first. Case is ignored, lines without
        such a word come first.
    max_rows
        Most lines, the first in that order (1 or more); None for all.

    Returns
    -------
    Result
        One row a hit: `doc_id`, `outlet` (str), `published` (datetime64, null where unknown), `headline`, `part`,
        `voice` (str; of the hit's first token), `left`, `hit`, `right` (str, as written), `token` (int64, place of
        the hit in the article, from 0), `link` (str). `exhibit` shows the lines with the hits below each other.
        `Corpus.read(doc_id)` opens the article. Notes say how many hits there are in how many articles.

    Raises
    ------
    InputError
        The pattern is empty or has a quotation mark that is not closed; a parameter is not as said here.

    Notes
    -----
    One pass over the type ids; the other columns are read only where there are hits.
    """
    if isinstance(window, bool) or not isinstance(window, int) or not 0 <= window <= _WIDEST:
        raise InputError(message("`window`", got=window, expected=f"0 to {_WIDEST} tokens"))
    if max_rows is not None and (isinstance(max_rows, bool) or not isinstance(max_rows, int) or max_rows < 1):
        raise InputError(message("`max_rows`", got=max_rows, expected="1 or more, or None for all"))
    keys = _keys(sort)
    wanted = pattern_of(pattern)
    found, corpus, size = finder(tokens, wanted), tokens.corpus, None
    if keys == ["position"] and max_rows is not None:
        hits = find(tokens, wanted)
        size = len(hits.doc), len(np.unique(hits.doc))
        # Only the articles of the lines to be shown are read again.
        first = [hits.doc_ids[i] for i in np.unique(hits.doc[:max_rows])]
        corpus = corpus.where(doc_id=first) if first else corpus
    parts = corpus.parts() if size is None or size[0] else []
    cut = cut_of(keys, window, max_rows, lookup(tokens))
    read = corpus.engine.map(readers(corpus, found, cut), parts, label="reading contexts")
    every = [part for some in read for part in some]
    lines = joined([part.lines for part in every], 2 * window + found.words.shape[1])
    table = table_of(lines, ordered(lines, cut), window, corpus.encoding.forms)
    n_hits, n_docs = size or (sum(part.n_hits for part in every), sum(part.n_docs for part in every))
    if n_hits:
        shown = "" if len(table) == n_hits else f"; the first {len(table):,} are shown"
        notes = (f"{n_hits:,} hits in {n_docs:,} articles{shown}.",)
    else:
        notes = (no_hits(tokens, wanted),)
    return Result(
        kind="concordance",
        table=table,
        unit="hits",
        params={
            **tokens.params,
            "pattern": wanted.text,
            "window": window,
            "sort": keys,
            "max_rows": max_rows,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=notes,
        source=Traced(tokens.corpus, tokens),
        exhibit=KwicLines(table),
    )


def _keys(sort: str | Sequence[str]) -> list[str]:
    keys = [sort] if isinstance(sort, str) else list(sort)
    for key in keys:
        if key not in SORTS:
            raise InputError(
                message(
                    "`sort` is not a known choice",
                    got=key,
                    expected="one or several of " + ", ".join(SORTS),
                    hint=did_you_mean(key, SORTS),
                )
            )
    return keys
