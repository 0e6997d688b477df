"""Stories of a snapshot: which articles are near-copies of which, each story led by its first article.

Never transitive: an article belongs to a story because it shares text with the story's first article, not with another
member; one that shares text with the first of two stories is a bridge, recorded and not merged. Not for finding shared
text (`analysis.text.shingles`), nor for showing stories (`stories`).
"""

import calendar
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.corpus.config import StorySettings
from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.schema import STORY
from analysis.text.agencies import agency_of
from analysis.text.shingles import Pairs, Texts, Words, fact_weights, near_pairs, words_of

STORIES_VERSION = 1
BODY = 2
FAR = 400_000  # days before and after everything: the bounds of an undated article
_BRIEF = 1 / 3  # of the words of the longer article
_AGENCY = 0.9  # of an outlet's articles that credit one agency: the outlet is that agency
_COLUMNS = (
    "doc_id",
    "outlet",
    "agency",
    "published",
    "published_precision",
    "type_ids",
    "seg_part",
    "seg_tokens",
)

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Articles(NamedTuple):
    """What stories need of all articles, in the order of leading: who was surely first leads."""

    table: "pd.DataFrame"  # doc_id, outlet, agency, wire (the outlet is an agency), low, high, day
    texts: Texts
    words: Words
    weights: Floats


def find_stories(corpus: Corpus, settings: StorySettings, spool: Path) -> pa.Table:
    """Find the stories of all articles of a corpus: rows of `schema.STORY`, ordered by story and date."""
    if settings.off:
        return STORY.empty_table()
    articles = read_articles(corpus, spool)
    pairs = near_pairs(
        articles.texts,
        articles.words,
        articles.weights,
        window=settings.window_days,
        least=settings.threshold - 0.1,
    )
    return story_rows(articles, pairs, copies(articles, pairs, settings.threshold))


def read_articles(corpus: Corpus, spool: Path) -> Articles:
    """Read the bodies into one file of type ids in `spool`, and the rest into a table in the order of leading."""
    encoding = corpus.encoding
    words = words_of(encoding.forms, encoding.kinds)
    counts = np.zeros(len(encoding), np.int64)
    lengths, tables = [np.empty(0, np.int64)], []
    path = spool / "bodies"
    with path.open("wb") as out:
        for batch in corpus.scan(*_COLUMNS):
            tokens = TokenBatch.of(batch)
            keep = words.wordy[tokens.type_ids] & np.repeat(tokens.seg_part == BODY, tokens.seg_tokens)
            kept = tokens.type_ids[keep]
            lengths.append(np.diff(np.concatenate([[0], np.cumsum(keep)])[tokens.doc_tokens]))
            counts += np.bincount(kept, minlength=len(counts))
            out.write(kept.tobytes())
            tables.append(pa.Table.from_batches([batch.select(list(_COLUMNS[:5]))]))
    n_words = np.concatenate(lengths)
    end = np.cumsum(n_words)
    types = np.memmap(path, np.int32, mode="r") if len(end) and end[-1] else np.empty(0, np.int32)
    table = ordered(
        pa.concat_tables(tables).to_pandas() if tables else pd.DataFrame(columns=list(_COLUMNS[:5]))
    )
    at = table["row"].to_numpy()
    texts = Texts(
        types=np.asarray(types),
        begin=(end - n_words)[at],
        end=end[at],
        outlet=table["outlet_number"].to_numpy(),
        low=table["low"].to_numpy(),
        high=table["high"].to_numpy(),
    )
    return Articles(table, texts, words, fact_weights(words, len(table), counts))


def copies(articles: Articles, pairs: Pairs, threshold: float) -> Bools:
    """Say which pairs are near-copies; the rules are stated in docs/methods.md ("Stories").

    Frames of an outlet carry no weight, but where the facts agree too, two articles of one form are copies after all.
    """
    own = np.maximum(pairs.own_first, pairs.own_second)
    other = np.minimum(pairs.own_first, pairs.own_second)
    both = np.minimum(pairs.covered_first, pairs.covered_second)
    enough = (pairs.shared >= 8) | (own >= 0.8)
    alike = (own >= threshold) & ((other >= threshold / 2) | (own >= threshold + 0.1)) & enough
    alike = (alike & compare_facts(articles, pairs)) | ((both >= 0.8) & (pairs.facts >= 0.9))
    return np.asarray(alike, np.bool_)


def compare_facts(articles: Articles, pairs: Pairs) -> Bools:
    """Say which pairs have the facts of one article: all of two outlets, and those of one whose facts agree.

    In a copy facts survive as words do; in a bulletin of the same form they are what is exchanged.
    """
    outlet = articles.texts.outlet
    covered = np.maximum(pairs.covered_first, pairs.covered_second)
    agree = pairs.facts >= np.minimum(0.6, covered - 0.1)
    return np.asarray(agree | (outlet[pairs.first] != outlet[pairs.second]), np.bool_)


def story_rows(articles: Articles, pairs: Pairs, alike: Bools) -> pa.Table:
    """Give each article its leader, and list members and bridges as rows of `schema.STORY`."""
    order = np.flatnonzero(alike)
    strength = np.maximum(pairs.own_first, pairs.own_second)[order] + pairs.jaccard[order]
    leader = np.arange(len(articles.texts))
    how = np.full(len(leader), -1, np.int64)  # the pair that made an article a member
    bounds = np.searchsorted(pairs.second[order], np.arange(len(leader) + 1))
    for b in np.unique(pairs.second[order]):  # each decision needs those of earlier articles
        here = np.arange(bounds[b], bounds[b + 1])
        here = here[leader[pairs.first[order[here]]] == pairs.first[order[here]]]
        if len(here):
            best = here[np.argmax(strength[here])]
            leader[b], how[b] = pairs.first[order[best]], order[best]
    members = np.flatnonzero(how >= 0)
    heads = np.unique(leader[members])
    a, b = pairs.first[order], pairs.second[order]
    is_head = leader == np.arange(len(leader))
    bridge = (is_head[a] | is_head[b]) & (leader[a] != leader[b])
    spans = order[bridge]
    from_first = is_head[pairs.second[spans]]  # the head is the later article, the bridge the earlier
    rows = [
        *((d, d, -1, "first") for d in heads),
        *((d, leader[d], how[d], "") for d in members),
        *((pairs.first[p], pairs.second[p], p, "bridge") for p in spans[from_first]),
        *((pairs.second[p], pairs.first[p], p, "bridge") for p in spans[~from_first]),
    ]
    return _as_table(articles, pairs, rows)


def _as_table(articles: Articles, pairs: Pairs, rows: list[tuple[Any, ...]]) -> pa.Table:
    if not rows:
        return STORY.empty_table()
    frame = articles.table
    doc, head, pair = (np.array([r[i] for r in rows], np.int64) for i in range(3))
    kinds = np.array([r[3] for r in rows], object)
    turned = pairs.first[pair] == doc if len(pairs) else np.zeros(len(doc), bool)
    shared = np.where(turned, pairs.covered_first[pair], pairs.covered_second[pair])
    n_words = articles.texts.end - articles.texts.begin
    ratio = np.minimum(n_words[doc], n_words[head]) / np.maximum(np.maximum(n_words[doc], n_words[head]), 1)
    outlet, agency = frame["outlet"].to_numpy(), frame["agency"].to_numpy()
    number = articles.texts.outlet
    wire = frame["wire"].to_numpy()
    credited = np.array([isinstance(x, str) for x in agency])
    found = np.where(
        (number[doc] == number[head]) & (number[doc] > 0),
        "update",
        np.where(
            ratio < _BRIEF,
            "brief",
            np.where(wire[head] | credited[doc] | credited[head], "agency_copy", "copy"),
        ),
    )
    kinds = np.where(kinds == "", found, kinds)
    day = frame["day"].to_numpy()
    known = np.isfinite(day[doc]) & np.isfinite(day[head])
    first = kinds == "first"
    ids = frame["doc_id"].to_numpy()
    table = pd.DataFrame(
        {
            "story_id": ids[head],
            "doc_id": ids[doc],
            "kind": kinds,
            "shared": np.where(first, np.nan, shared),
            "jaccard": np.where(first, np.nan, pairs.jaccard[pair]),
            "days_after": pd.array(np.where(known, day[doc] - day[head], np.nan), dtype="Float64").astype(
                "Int32"
            ),
            "outlet": outlet[doc],
            "_head": head,
            "_doc": doc,
            "_bridge": kinds == "bridge",
        }
    )
    table = table.sort_values(["_head", "_bridge", "_doc"], kind="stable")
    columns = [pa.array(table[f.name], f.type, from_pandas=True) for f in STORY]
    return pa.Table.from_arrays(columns, schema=STORY)


def ordered(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Add what the comparison needs, and put articles in the order of leading.

    By the last day they can be of, agencies before papers, then by `doc_id`: so that the order of reading is no matter.
    """
    frame = frame.assign(row=np.arange(len(frame)))
    bounds = [_bounds(d, p) for d, p in zip(frame["published"], frame["published_precision"], strict=True)]
    frame["low"] = np.array([b[0] for b in bounds], np.int32)
    frame["high"] = np.array([b[1] for b in bounds], np.int32)
    frame["day"] = np.where(frame["low"] == frame["high"], frame["low"], np.nan).astype(np.float64)
    agencies = _agencies(frame)
    outlets = [
        None if pd.isna(name) else str(name) for name in frame["outlet"]
    ]  # a corpus may name none at all
    frame["wire"] = np.array([agencies.get(name or "", False) for name in outlets], bool)
    numbers = {name: i for i, name in enumerate(sorted({n for n in outlets if n is not None}), 1)}
    frame["outlet_number"] = np.array([numbers.get(name or "", 0) for name in outlets], np.int64)
    order = np.lexsort(
        (frame["doc_id"].to_numpy(str), ~frame["wire"].to_numpy(bool), frame["high"].to_numpy())
    )
    return frame.iloc[order].reset_index(drop=True)


def _bounds(day: date | None, precision: str | None) -> tuple[int, int]:
    """Bound the day an article is of, in days since 1970."""
    if day is None or pd.isna(day):
        return -FAR, FAR
    first = date(day.year, 1 if precision == "year" else day.month, 1)
    if precision == "month":
        last = first.replace(day=calendar.monthrange(day.year, day.month)[1])
    elif precision == "year":
        last = first.replace(month=12, day=31)
    else:
        first = last = date(day.year, day.month, day.day)
    epoch = date(1970, 1, 1).toordinal()
    return first.toordinal() - epoch, last.toordinal() - epoch


def _agencies(frame: "pd.DataFrame") -> dict[str, bool]:
    """Say which outlets are agencies: by name, or because nearly all their articles credit one."""
    found: dict[str, bool] = {}
    for name, credits in frame.groupby("outlet")["agency"]:
        outlet, top = str(name), credits.value_counts()
        own = len(top) > 0 and int(top.iloc[0]) >= _AGENCY * len(credits)
        found[outlet] = own or agency_of(outlet) is not None
    return found
