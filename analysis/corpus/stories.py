"""Stories as tables: all of a selection, the members of one, and pairs near the threshold to judge the finding by.

Not for finding them: that is done at every ingest, over all articles of the snapshot (`stories_find`).
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.config import StorySettings
from analysis.corpus.handle import Corpus
from analysis.corpus.stories_find import compare_facts, copies, read_articles
from analysis.corpus.stories_page import PairPage, PairPages
from analysis.errors import CorpusError, InputError, UnknownNameError, message
from analysis.result import Result
from analysis.schema import STORY
from analysis.text.shingles import near_pairs

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = ["doc_id", "outlet", "published", "published_precision", "title"]


def stories(corpus: Corpus) -> Result:
    """List the stories of a selection: articles that are near-copies of one another.

    Returns
    -------
    Result
        One row a story with two or more selected articles, those with most articles first. `story_id` (str, the
        `doc_id` of its first article, selected or not), `headline`, `first_outlet` (str) and `first_day` (datetime64,
        null where undated) of the first selected article, `n_docs`, `n_outlets` (int64), `days` (Int64, from its first
        to its last day; null where no day is known), `kinds` (str, how many of each kind), `median_shared` (float64,
        the median share of their words that members have in common with the first, 0 to 1).

    Raises
    ------
    CorpusError
        The snapshot was made before stories were found, or with `[stories] off`.

    Notes
    -----
    Reads the articles' fields, not their text. How stories are found: docs/methods.md, "Stories".
    """
    import pandas as pd

    rows = _selected(corpus)
    names = ["story_id", "headline", "first_outlet", "first_day", "n_docs", "n_outlets", "days", "kinds"]
    names.append("median_shared")
    found: list[tuple[Any, ...]] = []
    members = rows[rows["kind"] != "bridge"]
    for story_id, group in members.groupby("story_id", sort=False):
        if len(group) < 2:
            continue
        head, day = group.iloc[0], group.loc[group["published_precision"] == "day", "published"]
        span = (day.max() - day.min()).days if len(day) else None
        counts = group["kind"].value_counts().sort_index()
        kinds = ", ".join(f"{n} {kind}" for kind, n in counts.items() if kind != "first")
        sizes = (len(group), group["outlet"].nunique(), span)
        found.append(
            (story_id, *head[["title", "outlet", "published"]], *sizes, kinds, group["shared"].median())
        )
    table = pd.DataFrame(found, columns=names)
    table["days"] = table["days"].astype("Int64")
    table["first_day"] = pd.to_datetime(table["first_day"])
    table = table.sort_values(["n_docs", "first_day", "story_id"], ascending=[False, True, True])
    params = vars(_settings(corpus)) | {"off": False}
    note = f"{int(table['n_docs'].sum()):,} articles are in {len(table):,} stories; all others stand alone."
    return _result("stories", corpus, table, "articles", params, (note, *_bridges(rows)))


def story(corpus: Corpus, story_id: str) -> Result:
    """List the selected articles of one story, the first at the top, and the bridges to other stories below.

    Parameters
    ----------
    story_id
        As `stories` lists them; or the `doc_id` of any article of the story.

    Returns
    -------
    Result
        `order` (int64, from 1), `doc_id`, `outlet` (str), `published` (datetime64), `title` (str), `kind` (str:
        `first`, `update`, `agency_copy`, `copy`, `brief`, `bridge`), `days_after` (Int64, after the first; null where a
        day is not known), `shared` (float64, share of its words the first has too, 0 to 1), `jaccard` (float64).

    Raises
    ------
    UnknownNameError
        The article is not in a story of two or more.
    """
    rows = _selected(corpus)
    own = rows[(rows["doc_id"] == story_id) & (rows["kind"] != "bridge")]
    wanted = own["story_id"].iloc[0] if len(own) else story_id
    table = rows[rows["story_id"] == wanted]
    if not len(table):
        known = "a story_id as `stories` lists them; an article that stands alone is in none"
        raise UnknownNameError(
            message("there is no such story in this selection", got=story_id, expected=known)
        )
    columns = ["doc_id", "outlet", "published", "title", "kind", "days_after", "shared", "jaccard"]
    table = table[columns].reset_index(drop=True)
    table.insert(0, "order", np.arange(1, len(table) + 1))
    table["days_after"] = table["days_after"].astype("Int64")
    params = vars(_settings(corpus)) | {"off": False, "story_id": wanted}
    return _result("story", corpus, table, "articles", params)


def near_copies(corpus: Corpus, *, n: int = 12) -> Result:
    """Show pairs on either side of the line between copy and no copy, side by side, with their differences marked.

    Parameters
    ----------
    n
        How many pairs: a third just above the threshold, a third just below it, and a third that share enough text but
        are of one outlet and have other facts. From 1 to 100.

    Returns
    -------
    Result
        `first`, `second` (str, `doc_id`; the first leads), `first_outlet`, `second_outlet` (str), `days_after` (Int64),
        `similarity` (float64, 0 to 1: what the threshold is about), `jaccard`, `facts` (float64, 0 to 1), `verdict`
        (str: `copy`, `too_little`, `other_facts`); by verdict, nearest to the line first. `exhibit` shows the texts.

    Notes
    -----
    Compares all articles of the snapshot again (about five CPU seconds for 100,000), so that frames are known.
    """
    import pandas as pd

    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 100:
        raise InputError(message("`n`", got=n, expected="a whole number from 1 to 100"))
    settings = _settings(corpus)
    whole = replace(corpus, conditions=())
    with tempfile.TemporaryDirectory() as spool:
        articles = read_articles(whole, Path(spool))
        least = settings.threshold - 0.1
        pairs = near_pairs(
            articles.texts, articles.words, articles.weights, window=settings.window_days, least=least
        )
        alike, facts = copies(articles, pairs, settings.threshold), compare_facts(articles, pairs)
    ids, outlet, day = (articles.table[c].to_numpy() for c in ("doc_id", "outlet", "day"))
    table = pd.DataFrame(
        {
            "first": ids[pairs.first],
            "second": ids[pairs.second],
            "first_outlet": outlet[pairs.first],
            "second_outlet": outlet[pairs.second],
            "days_after": pd.array(day[pairs.second] - day[pairs.first], "Float64").astype("Int64"),
            "similarity": np.maximum(pairs.own_first, pairs.own_second),
            "jaccard": pairs.jaccard,
            "facts": pairs.facts,
            "verdict": np.where(alike, "copy", np.where(facts, "too_little", "other_facts")),
        }
    )
    if corpus.conditions:
        chosen = set(corpus.articles(["doc_id"])["doc_id"])
        table = table[table["first"].isin(chosen) & table["second"].isin(chosen)]
    enough = (table["verdict"] != "other_facts") | (table["similarity"] >= settings.threshold)
    table = table[enough].assign(far=(table["similarity"] - settings.threshold).abs())
    table = table.sort_values(["verdict", "far", "first", "second"]).groupby("verdict").head(-(-n // 3))
    table = table.drop(columns="far").reset_index(drop=True).head(n)
    made = _result("near_copies", corpus, table, "share of words", vars(settings) | {"n": n})
    return replace(made, exhibit=_pages(whole, table))


def _selected(corpus: Corpus) -> "pd.DataFrame":
    """Give the rows of the stories table that are selected, in its order, with outlet, day and title."""
    _settings(corpus)
    found = [pq.read_table(corpus.path / f.name) for f in corpus.snapshot.of("stories")]
    table = pa.concat_tables(found) if found else STORY.empty_table()
    articles = corpus.articles(_FIELDS)
    frame: pd.DataFrame = table.to_pandas()
    return frame.merge(articles, on="doc_id", how="inner", sort=False)


def _settings(corpus: Corpus) -> StorySettings:
    made = corpus.snapshot.parameters.get("stories")
    many = made is not None and corpus.snapshot.counts["kept"] > made["most"]
    if made is None or made["off"] or many:
        why = "`[stories] off` is set in corpus.toml" if made else "it was made before stories were found"
        why = "it has more articles than `[stories] most` in corpus.toml" if many else why
        raise CorpusError(message(f"this snapshot has no stories: {why}", hint="Ingest the sources again."))
    return StorySettings(made["window_days"], made["threshold"])


def _bridges(rows: "pd.DataFrame") -> tuple[str, ...]:
    n = rows.loc[rows["kind"] == "bridge", "doc_id"].nunique()
    who = "1 article shares" if n == 1 else f"{n:,} articles share"
    text = f"{who} text with the first article of another story too; the stories are not merged for it."
    return (text,) if n else ()


def _result(
    kind: str,
    corpus: Corpus,
    table: "pd.DataFrame",
    unit: str,
    params: dict[str, Any],
    notes: tuple[str, ...] = (),
) -> Result:
    return Result(
        kind=kind,
        table=table.reset_index(drop=True),
        unit=unit,
        params={k: v for k, v in params.items() if k != "off"},
        corpus_fingerprint=corpus.fingerprint,
        notes=notes,
        source=corpus,
    )


def _pages(corpus: Corpus, table: "pd.DataFrame") -> PairPages:
    ids = sorted({*table["first"], *table["second"]})
    if not ids:
        return PairPages()
    texts = corpus.where(doc_id=ids).articles(["title", "body", "outlet", "published"])
    sides = {
        d: (" · ".join(str(x)[:40] for x in (o, _day(p)) if x), t or "(no title)", b or "")
        for d, o, p, t, b in zip(
            *(texts[c] for c in ("doc_id", "outlet", "published", "title", "body")), strict=True
        )
    }
    pages = []
    for row in table.to_dict("records"):
        numbers = ", ".join(f"{c} {row[c]:.2f}" for c in ("similarity", "facts", "jaccard"))
        one, other = sides[row["first"]], sides[row["second"]]
        pages.append(PairPage(f"{row['verdict']}: {numbers}", *zip(one, other, strict=True)))
    return PairPages(tuple(pages))


def _day(day: Any) -> str:
    return "no date" if day is None or day != day else str(day)[:10]  # noqa: PLR0124  (a missing date is not itself)
