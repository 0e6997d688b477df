"""Which words stand near a word or phrase more often than elsewhere.

Not a test: the words of an article come together, and one event fills a week of articles with the same company. How
the company changes over time, or differs between outlets, is a comparison of two such tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.errors import InputError, choose, message
from analysis.measures.neighbours import Near, Stream, near
from analysis.measures.stream import COLUMNS, Reader, single_words
from analysis.result import Result, Traced
from analysis.stats import association
from analysis.stats.checks import whole
from analysis.terms.matching import Finder, finder
from analysis.terms.patterns import Pattern, pattern_of
from analysis.terms.tokens import Tokens

Longs = npt.NDArray[np.int64]
MEASURES = ("log_dice", "mi", "t", "g2")
WITHIN = ("part", "sentence")


def collocation(
    tokens: Tokens,
    node: str | Pattern | Sequence[str],
    *,
    window: int | str = 5,
    within: str = "part",
    measure: str = "log_dice",
    min_freq: int = 5,
) -> Result:
    """List the terms that stand near a node.

    Parameters
    ----------
    tokens
        From `an.tokens`. Its terms are the candidates; words that are no terms (stop words) still take up room in a
        window. Phrases and n-grams of the recipe are not used here.
    node
        A pattern: words, `afghan*`, "foreign minister", alternatives by ` | ` or as a list. It is of the words as
        they are written: stop words and lemmas of the recipe do not hold for it.
    window
        Words on either side of the node, at least 1, punctuation not counted; or "segment": the rest of the
        sentence that is in the same voice. A window never leaves the title, the standfirst or the body it is in,
        nor the voices and parts of the tokens.
    within
        "part" or "sentence": what a window of words must not leave.
    measure
        What the table is sorted by: "log_dice" (comparable between corpora), "mi" (rare pairs first), "t" (frequent
        pairs first) or "g2" (sure ones first). All are in the table.
    min_freq
        Terms nearer than that to a node fewer times are not listed; at least 1.

    Returns
    -------
    Result
        One row a term, highest measure first, ties by term. The node's own words are not among them.

        - `term` (str)
        - `joint` (int64): occurrences of the term within a window; each once, however many nodes are near
        - `before`, `after` (int64): those before and behind the nearest node
        - `nodes` (int64): occurrences of the node with the term in their window
        - `freq` (int64): occurrences of the term anywhere in scope; `doc_freq` (int64): articles with the term in a
          window
        - `expected` (float64): what `joint` would be if the term were as frequent in windows as anywhere
        - `log_dice` (float64, at most 14; one point is twice), `mi` (float64, bits), `t`, `g2` (float64)
        - `delta_p_term` (float64, P(term | in a window) - P(term | outside)), `delta_p_node` (float64, P(in a
          window | term) - P(in a window | another word)), -1 to 1
        - `n_nodes`, `n_near`, `n_words` (int64): occurrences of the node, words in windows, and all words but the
          node's; the same in every row

        Positive mi, t, g2 and Delta P: nearer than by chance; negative: avoided.

    Raises
    ------
    InputError
        A pattern or an option that is none.

    Notes
    -----
    mi, t, g2 and Delta P are of the table words in windows x words that are the term, the node's own words left out
    (Evert 2008, "surface cooccurrence"). logDice is 14 + log2(2 O / (nodes + freq)), with O the smaller of `joint`
    and `nodes` so that it stays a proportion of either (Rychlý 2008). Two passes: one to find the node, one to
    count.
    """
    _reach(window)
    choose("within", within, WITHIN)
    choose("measure", measure, MEASURES)
    whole("min_freq", min_freq)
    pattern = pattern_of(node)
    fold, terms = fold_of(tokens, pattern, window=window, within=within)
    counts = tokens.corpus.fold(fold, *COLUMNS, label="collocation")
    table = _table(terms, counts, min_freq)
    table = table.sort_values([measure, "term"], ascending=[False, True], kind="stable")
    return Result(
        kind="collocation",
        table=table,
        unit="as named; logDice at most 14",
        params={
            **tokens.params,
            "node": pattern.text,
            "window": window,
            "within": within,
            "measure": measure,
            "min_freq": min_freq,
        },
        corpus_fingerprint=tokens.corpus_fingerprint,
        notes=_notes(pattern.text, counts, len(table), min_freq),
        source=Traced(tokens.corpus, tokens),
    )


def fold_of(
    tokens: Tokens, node: Pattern, *, window: int | str, within: str
) -> tuple["CollocationFold", pa.Array]:
    """Make the fold over a corpus, and name the terms it counts."""
    reach = _reach(window)
    words = replace(tokens, recipe=single_words(tokens.recipe))
    runs = within if reach else "segment"
    reader = Reader(words.vocabulary, words.recipe.voices, words.recipe.parts, runs)
    return CollocationFold(reader, finder(words, node), reach, len(words.vocabulary)), words.vocabulary.terms


@dataclass(frozen=True)
class CollocationFold:
    """Counts by term, added up over batches; `stream` gives a batch as words and nodes."""

    reader: Reader
    finder: Finder
    reach: int | None
    n_terms: int

    def zero(self) -> Near:
        none = np.zeros(self.n_terms, dtype=np.int64)
        return Near(none, none, none, none, none, 0, 0, 0)

    def add(self, state: Near, batch: pa.RecordBatch) -> Near:
        return self.merge(state, near(self.stream(batch), self.n_terms, window=self.reach))

    def merge(self, left: Near, right: Near) -> Near:
        return Near(
            left.joint + right.joint,
            left.before + right.before,
            left.nodes + right.nodes,
            left.docs + right.docs,
            left.freq + right.freq,
            left.n_near + right.n_near,
            left.n_words + right.n_words,
            left.n_nodes + right.n_nodes,
        )

    def finish(self, state: Near) -> Near:
        return state

    def stream(self, batch: pa.RecordBatch) -> Stream:
        """The words of a batch with the node's occurrences marked."""
        tokens = TokenBatch.of(batch)
        words = self.reader.words(tokens)
        hits = self.finder(batch, tokens)
        begin = np.asarray(hits.token, dtype=np.int64)
        end = begin + hits.length - 1
        first = np.searchsorted(words.token, begin, side="left")
        last = np.searchsorted(words.token, end, side="right") - 1
        whole_ones = first <= last
        first, last = first[whole_ones], last[whole_ones]
        edges = np.zeros(words.token.size + 1, dtype=np.int64)
        np.add.at(edges, first, 1)
        np.add.at(edges, last + 1, -1)
        return Stream(words.run, words.term, words.doc, np.cumsum(edges[:-1]) > 0, first, last)


def _table(terms: pa.Array, counts: Near, min_freq: int) -> Any:
    """The measures of the terms that are near often enough."""
    import pandas as pd

    kept = np.flatnonzero(counts.joint >= min_freq)
    joint, nodes, freq = counts.joint[kept], counts.nodes[kept], counts.freq[kept]
    cells = (joint, counts.n_near, freq, counts.n_words)
    by_term, by_node = association.delta_p(*cells)
    n = kept.size
    return pd.DataFrame(
        {
            "term": pd.Series(terms.take(pa.array(kept)).to_pylist(), dtype="str"),
            "joint": joint,
            "before": counts.before[kept],
            "after": joint - counts.before[kept],
            "nodes": nodes,
            "freq": freq,
            "doc_freq": counts.docs[kept],
            "expected": freq * (counts.n_near / max(counts.n_words, 1)),
            "log_dice": association.log_dice(np.minimum(joint, nodes), np.full(n, counts.n_nodes), freq),
            "mi": association.pmi(*cells),
            "t": association.t_score(*cells),
            "g2": association.g2_collocation(*cells),
            "delta_p_term": by_term,
            "delta_p_node": by_node,
            "n_nodes": np.full(n, counts.n_nodes, dtype=np.int64),
            "n_near": np.full(n, counts.n_near, dtype=np.int64),
            "n_words": np.full(n, counts.n_words, dtype=np.int64),
        }
    )


def _notes(node: str, counts: Near, listed: int, min_freq: int) -> tuple[str, ...]:
    if not counts.n_nodes:
        return (f"{node} does not occur in this selection",)
    rare = int(np.sum((counts.joint > 0) & (counts.joint < min_freq)))
    notes = [f"{node} occurs {counts.n_nodes:,} times; {counts.n_near:,} words stand in its windows"]
    if rare:
        notes.append(f"{rare:,} terms stand near it fewer than {min_freq} times and are not listed")
    if listed:
        notes.append("the measures rank; they are no test, for the words of an article come together")
    return tuple(notes)


def _reach(window: int | str) -> int | None:
    """Words on either side, None for the segment."""
    if window == "segment":
        return None
    if isinstance(window, str):
        raise InputError(message("`window`", got=window, expected='a number of words or "segment"'))
    return whole("window", window)
