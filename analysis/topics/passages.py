"""Where in its articles a topic speaks: sentences, by the words of them the topic is expected to have written.

Not a classifier of sentences: a word's topic is a chance, given its article (see `stats.mixture.expected_counts`).
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.encoded import TokenBatch
from analysis.escape import text as escaped
from analysis.result import Result
from analysis.schema import PARTS
from analysis.stats.checks import Ints, whole
from analysis.terms.stream import Streamer, streamer
from analysis.terms.tokens import Tokens
from analysis.topics.articles import LEAST_WORDS, best
from analysis.topics.held import held
from analysis.topics.matrix import stories_of
from analysis.topics.naming import head, stability_note
from analysis.topics.terms import described, first_terms

if TYPE_CHECKING:
    from analysis.topics.model import TopicModel

ARTICLES = 20  # those with the largest share are looked through
LEAST = 5  # known terms in a sentence


@dataclass(frozen=True, eq=False)
class Passages:
    """Sentences with the words of the topic marked."""

    rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    """Heading, doc_id, text, and the words to mark."""

    def __str__(self) -> str:
        return "\n".join(f"{label} | {doc_id}: {text}" for label, doc_id, text, _ in self.rows)

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><b>{escaped(label)}</b> <code>{escaped(doc_id)}</code> {_marked(text, words)}</li>"
            for label, doc_id, text, words in self.rows
        )
        return f"<ul>{items}</ul>"


def topic_passages(model: "TopicModel", topic: int | str | None = None, *, n: int = 3) -> Result:
    """Find the sentences that have most of a topic, in the articles that have most of it.

    Parameters
    ----------
    model
        From `fit_topics`, with its corpus.
    topic
        Number or label; None for every topic.
    n
        Sentences a topic, of different articles; at least 1.

    Returns
    -------
    Result
        Kind `topic_passages`, by topic and rank: topic, label, stable, found_in, of (as in `topic_terms`); rank
        (int64); doc_id, part, text (str); sentence (int64); share (float64, of the known terms of the sentence,
        expected from the topic); n_terms (int64). Its exhibit shows them, first terms of the topic marked.

    Notes
    -----
    Sentences of five known terms or more, in the twenty articles with the largest share. Of n-grams the single terms
    count, where the model has them.
    """
    whole("n", n)
    have = held(model)
    chosen = list(range(model.n_topics)) if topic is None else [model.topic(topic)]
    story = stories_of(model.tokens)  # type: ignore[arg-type]  # `held` asked for it
    per_topic = [best(have.shares[:, k], have.counts.n_words, story, ARTICLES, LEAST_WORDS) for k in chosen]
    every = np.unique(np.concatenate([*per_topic, np.empty(0, np.int64)])).astype(np.int64)
    sentences, rows, columns = _sentences(model, [have.counts.doc_ids[i] for i in every])
    article = np.array([have.counts.doc_ids[i] for i in every], dtype=object)
    place = {d: i for i, d in enumerate(article)}
    at = every[[place[d] for d in sentences["doc_id"]]] if len(sentences) else np.empty(0, np.int64)
    n_terms = np.bincount(rows, minlength=len(sentences))
    under = have.mixed[at][rows] * have.parts[:, columns].T
    total = under.sum(axis=1)
    pieces = []
    for k, own in zip(chosen, per_topic, strict=True):
        mine = under[:, have.within == k].sum(axis=1)
        chance = np.divide(mine, total, out=np.zeros(len(total)), where=total > 0)
        share = np.bincount(rows, weights=chance, minlength=len(sentences)) / np.maximum(n_terms, 1)
        # A little is taken off short sentences: three words of three are less than eleven of twelve.
        score = np.where((n_terms >= LEAST) & np.isin(at, own), share * n_terms / (n_terms + LEAST), -1.0)
        order = np.argsort(-score, kind="stable")
        order = order[score[order] > 0]
        _, first = np.unique(at[order], return_index=True)
        some = order[np.sort(first)][:n]
        piece = head(model, np.full(len(some), k))
        piece["rank"] = np.arange(1, len(some) + 1, dtype=np.int64)
        found = sentences.iloc[some].reset_index(drop=True)
        pieces.append(pd.concat([piece, found.assign(share=share[some], n_terms=n_terms[some])], axis=1))
    table = pd.concat(pieces, ignore_index=True)
    order_of = ["rank", "doc_id", "part", "sentence", "text", "share", "n_terms"]
    words = [tuple(model.terms[i] for i in row if i >= 0) for row in first_terms(model, 15)]
    shown = tuple(
        (str(label), str(doc_id), str(text), words[int(k)])
        for k, label, doc_id, text in zip(
            table["topic"], table["label"], table["doc_id"], table["text"], strict=True
        )
    )
    return Result(
        kind="topic_passages",
        table=table[[*head(model).columns, *order_of]],
        unit="share of the known terms of a sentence",
        params={**described(model), "topic": topic, "n": n},
        corpus_fingerprint=model.corpus_fingerprint,
        notes=stability_note(model),
        source=have.corpus,
        exhibit=Passages(shown),
    )


def _sentences(model: "TopicModel", doc_ids: list[str]) -> tuple[pd.DataFrame, Ints, Ints]:
    """Give the sentences of articles, and for each known term in them its sentence (a row) and its column."""
    have = held(model)
    chosen = have.corpus.where(doc_id=doc_ids or ["none"])
    single = Tokens(chosen, replace(model.recipe, ngrams=(1,)))
    streams = streamer(single)
    place = pc.index_in(
        single.vocabulary.terms.cast(pa.string()), value_set=pa.array(model.terms, pa.string())
    )
    column = pc.fill_null(place, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    facts: list[tuple[str, str, int]] = []
    rows, columns = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    wanted = dict.fromkeys(
        ("doc_id", "seg_tokens", "seg_part", "seg_voice", "seg_sentence", *streams.columns)
    )
    for batch in chosen.scan(*wanted):
        tokens = TokenBatch.of(batch)
        bounds, doc = _bounds(tokens)
        terms, offsets = _stream(batch, tokens, streams, bounds, doc)
        number = np.repeat(np.arange(len(doc)), np.diff(offsets)) + len(facts)
        known = column[terms] >= 0
        rows.append(number[known])
        columns.append(column[terms][known])
        names = batch.column("doc_id").to_pylist()
        first = bounds[:-1]
        facts += [
            (names[d], PARTS[p], s)
            for d, p, s in zip(
                doc.tolist(),
                tokens.seg_part[first].tolist(),
                tokens.seg_sentence[first].tolist(),
                strict=True,
            )
        ]
    table = pd.DataFrame(facts, columns=["doc_id", "part", "sentence"]).astype({"sentence": "int64"})
    texts = have.corpus.sentences(doc_ids)[["doc_id", "part", "sentence", "text"]]
    return table.merge(texts, how="left", validate="1:1"), np.concatenate(rows), np.concatenate(columns)


def _bounds(tokens: TokenBatch) -> tuple[Ints, Ints]:
    """Give the first segment of each sentence (one more than sentences), and the article of each."""
    n = len(tokens.seg_tokens)
    begins = np.ones(n, np.bool_)
    begins[1:] = (tokens.seg_sentence[1:] != tokens.seg_sentence[:-1]) | (
        tokens.seg_part[1:] != tokens.seg_part[:-1]
    )
    begins[tokens.doc_segments[:-1][np.diff(tokens.doc_segments) > 0]] = True
    at = np.flatnonzero(begins)
    doc = np.searchsorted(tokens.doc_segments, at, side="right") - 1
    return np.append(at, n).astype(np.int64), doc.astype(np.int64)


def _stream(
    batch: pa.RecordBatch, tokens: TokenBatch, streams: Streamer, bounds: Ints, doc: Ints
) -> tuple[Ints, Ints]:
    """Give the terms of each sentence: what a stream is, with sentences in the place of articles."""
    from analysis.terms import kernel

    state = np.ones(len(tokens.seg_tokens), np.uint8)
    for values, wanted in (
        (tokens.seg_voice, streams.recipe.voices),
        (tokens.seg_part, streams.recipe.parts),
    ):
        if wanted is not None:
            state &= np.isin(values, wanted)
    vocabulary = streams.vocabulary
    language = batch.column("language") if streams.recipe.by_language else None
    spare = len(tokens.type_ids) * vocabulary.most_pieces
    out = np.empty(len(tokens.type_ids) + len(state) + 1 + spare, np.int32)
    offsets, n_words = np.empty(len(bounds), np.int64), np.empty(len(bounds) - 1, np.int64)
    n = kernel.term_stream(
        streams.with_phrases(batch, tokens), tokens.seg_first, state, bounds,
        np.ascontiguousarray(vocabulary.map_of(language, len(tokens))[doc]), vocabulary.packed,
        vocabulary.more_first, vocabulary.more, False, spare, out, offsets, n_words,
    )  # fmt: skip
    return out[:n].astype(np.int64), offsets


def _marked(text: str, words: tuple[str, ...]) -> str:
    """Escape a sentence, and mark the words that are terms of the topic."""
    own = {w for term in words for w in term.replace("_", " ").split(" ")}
    pieces = re.split(r"(\w+)", text)
    return "".join(f"<mark>{escaped(p)}</mark>" if p.lower() in own else escaped(p) for p in pieces)
