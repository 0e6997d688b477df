"""The rate of a pattern: how often it is written, as one number for every article.

Not an estimate: sums over articles, intervals and periods are those of every measurement (`trend`, `compare`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.errors import choose
from analysis.result import Measurement
from analysis.terms.occurrences import count, no_hits
from analysis.terms.patterns import Pattern, pattern_of

if TYPE_CHECKING:
    from analysis.terms.tokens import Tokens

PER = 10_000


def term_rate(
    tokens: "Tokens",
    pattern: "str | Sequence[str] | Pattern",
    *,
    weight: str = "word",
    label: str | None = None,
) -> Measurement:
    """Measure how often a pattern is written in every article.

    Parameters
    ----------
    tokens
        Articles and recipe. Its voices, parts, case and possessives hold for the pattern; its stop words, lemmas and
        phrases do not.
    pattern
        Words, `afghan*`, `"foreign minister"`, alternatives joined by ` | `, a list of these, or a category of
        `read_dictionary`. Overlapping hits count once.
    weight
        `word`: occurrences by words (long articles weigh more). `article`: 1 where it occurs, by 1 (a share).
    label
        What legends call it; default the pattern as written.

    Returns
    -------
    Measurement
        `doc_id` (str, sorted), `numerator` (float64; occurrences, or 0 and 1), `denominator` (float64; words and
        numbers in scope of voice and part, before stop words; or 1). With `weight="word"` the ratio is to be
        multiplied by `scale` (10,000) to be per 10,000 words. A pattern without any hit is said in `notes`, with
        the nearest words.

    Raises
    ------
    InputError
        The pattern is empty or has a quotation mark that is not closed; `weight` is no choice.

    Notes
    -----
    One pass over the type ids. A hit that reaches over the end of a voice in scope is none.
    """
    choose("weight", weight, ("word", "article"))
    import pandas as pd

    wanted = pattern_of(pattern)
    found = count(tokens, wanted)
    by_word = weight == "word"
    table = pd.DataFrame(
        {
            "doc_id": pd.Series(found.doc_ids, dtype="str"),
            "numerator": (found.count if by_word else found.count > 0).astype("float64"),
            "denominator": (found.n_words if by_word else found.n_words * 0 + 1).astype("float64"),
        }
    )
    return Measurement(
        kind="term_rate",
        label=label or wanted.text,
        unit="per 10,000 words" if by_word else "share of articles",
        table=table,
        params={**tokens.params, "pattern": wanted.text, "weight": weight},
        corpus_fingerprint=tokens.corpus_fingerprint,
        scale=float(PER) if by_word else 1.0,
        source=tokens.corpus,
        notes=() if found.count.any() else (no_hits(tokens, wanted),),
    )
