"""What cleaning took out of a corpus, by outlet and rule, with examples to judge it by.

Not for taking anything out (that is `analysis.text`), and not for single articles (`Corpus.read` shows those).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.glossary import RULES
from analysis.corpus.handle import Corpus
from analysis.corpus.page import ArticlePages
from analysis.corpus.scan import removal_tables
from analysis.corpus.tables import as_result
from analysis.errors import InputError, message
from analysis.result import Result

EXAMPLE = 160  # characters of an example
_DISTINCT = 300_000  # different pieces remembered while looking for the commonest
_EXAMPLES = 6
_NO_OUTLET = "(no outlet)"
_Best = dict[str, tuple[int, int, str]]  # by outlet: minus the number of rules, the length, the id
_KEYS = ["outlet", "rule"]


def rules() -> Result:
    """List the rules of cleaning: what each takes out, and what becomes of it.

    Returns
    -------
    Result
        `rule` (str, the name to use in `[cleaning.off]` of corpus.toml), `becomes` (str: `field`, kept in a field of
        the article; `repeat`, stands elsewhere in the article; `dropped`), `meaning` (str, one sentence).
    """
    import pandas as pd

    rows = [(name, rule.becomes, rule.meaning) for name, rule in RULES.items()]
    table = pd.DataFrame(rows, columns=["rule", "becomes", "meaning"])
    return Result(kind="rules", table=table, unit="rules", params={}, corpus_fingerprint="")


def cleaning(corpus: Corpus) -> Result:
    """Show what cleaning removed, by outlet and rule, each with its commonest example, and marked-up articles.

    Returns
    -------
    Result
        `outlet`, `rule` (str), `n_removals` (int64, pieces), `n_docs` (int64, articles with one), `share_docs`
        (float64, of the outlet's articles, 0 to 1), `chars` (int64, characters), `share_chars` (float64, of all
        characters of the outlet's titles and bodies before cleaning, 0 to 1), `example` (str, the commonest piece;
        its first 160 characters), `example_doc_id` (str, an article that has it); by outlet, then most articles
        first. `rules` says what each rule is. White space that a cut left behind has no row of its own.
        `exhibit` holds one marked-up article an outlet; see `cleaning_examples`.

    Notes
    -----
    One pass over the text (for its length) and one over the removals. Memory grows with the number of articles (their
    ids), not with their text. Where there are more than 300,000 different pieces the rarest are forgotten on the way.
    """
    selected = _selected(corpus)
    sizes: dict[str, list[int]] = {}
    for outlet, n, chars in _grouped(selected, ["outlet"], [("chars", "count"), ("chars", "sum")]):
        sizes[outlet] = [n, chars]
    counts: dict[tuple[str, str], list[int]] = {}
    pieces, best = None, _Best()
    for removed in _removals(corpus, selected):
        for outlet, n in _grouped(removed, ["outlet"], [("chars", "sum")]):
            sizes[outlet][1] += n
        # The title of a pasted page came out of its body, and is counted there.
        pasted = removed.filter(pc.equal(removed["rule"], "headline"))
        for outlet, n in _grouped(pasted, ["outlet"], [("title_chars", "sum")]):
            sizes[outlet][1] -= n
        table = removed.filter(pc.not_equal(removed["rule"], "space"))
        sums = [("chars", "count"), ("doc_id", "count_distinct"), ("chars", "sum")]
        for outlet, rule, *values in _grouped(table, _KEYS, sums):
            found = counts.setdefault((outlet, rule), [0, 0, 0])
            counts[outlet, rule] = [a + b for a, b in zip(found, values, strict=True)]
        pieces, best = _commonest(pieces, table), _richest(best, table)
    examples = _examples_of(pieces)
    rows: list[tuple[Any, ...]] = []
    for (outlet, rule), (n, docs, chars) in sorted(
        counts.items(), key=lambda kv: (kv[0][0], -kv[1][1], kv[0][1])
    ):
        whole_docs, whole_chars = sizes[outlet]
        shares = (docs, docs / whole_docs, chars, chars / whole_chars if whole_chars else None)
        rows.append((outlet, rule, n, *shares, *examples[outlet, rule]))
    names = ["outlet", "rule", "n_removals", "n_docs", "share_docs", "chars", "share_chars"]
    names += ["example", "example_doc_id"]
    made = as_result("cleaning", corpus, names, rows, "removals", _notes(sizes, counts))
    return replace(made, exhibit=_pages(corpus, best, {o: n for o, (n, _) in sizes.items()}, _EXAMPLES))


def cleaning_examples(corpus: Corpus, *, outlets: int = 6) -> ArticlePages:
    """Give marked-up articles to judge the cleaning by: for each outlet, the one that most rules applied to.

    Parameters
    ----------
    outlets
        How many outlets at most, the largest first; from 1.

    Returns
    -------
    ArticlePages
        Shows itself in a notebook and in a report; of several articles with as many rules the shortest. Kept
        paragraphs far from any removal are folded away.
    """
    if isinstance(outlets, bool) or not isinstance(outlets, int) or outlets < 1:
        raise InputError(message("`outlets`", got=outlets, expected="a whole number of at least 1"))
    selected = _selected(corpus)
    best = _Best()
    for removed in _removals(corpus, selected):
        best = _richest(best, removed.filter(pc.not_equal(removed["rule"], "space")))
    return _pages(corpus, best, dict(_grouped(selected, ["outlet"], [("chars", "count")])), outlets)


def removals_by_article(corpus: Corpus) -> tuple[list[str], list[str], list[str], list[int]]:
    """Count the pieces each rule took out of each selected article: ids, outlets, rules and counts of equal length."""
    found: list[tuple[Any, ...]] = []
    for removed in _removals(corpus, _selected(corpus)):
        table = removed.filter(pc.not_equal(removed["rule"], "space"))
        found += _grouped(table, ["doc_id", *_KEYS], [("chars", "count")])
    found.sort()
    ids, outlets, names, n = ([row[k] for row in found] for k in range(4))
    return ids, outlets, names, n


def _selected(corpus: Corpus) -> pa.Table:
    """Give id, outlet and length of the text (title and body as cleaned) of every selected article."""
    text = [pa.field("doc_id", pa.string()), pa.field("outlet", pa.string())]
    schema = pa.schema([*text, pa.field("title_chars", pa.int64()), pa.field("chars", pa.int64())])
    batches = []
    plain = (
        replace(corpus, overlay=replace(corpus.overlay, corrections={})) if not corpus.conditions else corpus
    )
    for batch in plain.scan("doc_id", "outlet", "title", "body"):
        title, body = (pc.fill_null(pc.utf8_length(batch[n]), 0) for n in ("title", "body"))
        outlet = pc.fill_null(batch["outlet"], _NO_OUTLET)
        chars = pc.add(title, body).cast(pa.int64())
        columns = [batch["doc_id"], outlet, title.cast(pa.int64()), chars]
        batches.append(pa.record_batch(columns, schema=schema))
    return pa.Table.from_batches(batches, schema=schema).sort_by("doc_id").combine_chunks()


def _removals(corpus: Corpus, selected: pa.Table) -> Iterator[pa.Table]:
    """Give the removals of the selected articles, each with its outlet, its length and that of its article."""
    ids = selected["doc_id"].combine_chunks()
    own = {"outlet": "outlet", "size": "chars", "title_chars": "title_chars"}
    for removed in removal_tables(corpus.path, corpus.snapshot, "doc_id", "rule", "text"):
        if not len(removed):
            continue
        # Looked up among the ids of its own file alone: a file holds a range of ids.
        span = pc.min_max(removed["doc_id"]).as_py()
        low = bisect_left(range(len(ids)), span["min"], key=lambda i: ids[i].as_py())
        high = bisect_right(range(len(ids)), span["max"], key=lambda i: ids[i].as_py())
        at = pc.index_in(removed["doc_id"], value_set=ids[low:high]).combine_chunks()
        table, at = removed.filter(pc.is_valid(at)), at.drop_null()
        for name, column in own.items():
            table = table.append_column(name, selected[column].combine_chunks()[low:high].take(at))
        yield table.append_column("chars", pc.utf8_length(table["text"]).cast(pa.int64()))


def _grouped(table: pa.Table, keys: list[str], sums: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
    done = table.group_by(keys).aggregate(sums)
    columns = [done[k] for k in keys] + [done[f"{name}_{how}"] for name, how in sums]
    return list(zip(*(c.to_pylist() for c in columns), strict=True))


def _commonest(known: pa.Table | None, table: pa.Table) -> pa.Table:
    """Count the different pieces, by their first characters; the rarest go where there are too many."""
    text = pc.utf8_slice_codeunits(table["text"], 0, EXAMPLE + 1)
    new = pa.table({**{k: table[k] for k in _KEYS}, "text": text, "doc_id": table["doc_id"]})
    new = new.append_column("n", pa.array([1] * len(new), pa.int64()))
    both = pa.concat_tables([known, new]) if known is not None else new
    done = both.group_by([*_KEYS, "text"]).aggregate([("n", "sum"), ("doc_id", "min")])
    done = done.rename_columns({"n_sum": "n", "doc_id_min": "doc_id"}).select([*_KEYS, "text", "doc_id", "n"])
    if len(done) > _DISTINCT:
        best = _examples_of(done)
        shown = pa.array(sorted(doc for _, doc in best.values()), pa.string())
        done = done.filter(pc.or_(pc.greater(done["n"], 1), pc.is_in(done["doc_id"], value_set=shown)))
    return done


def _examples_of(pieces: pa.Table | None) -> dict[tuple[str, str], tuple[str, str]]:
    """Choose the commonest piece of each outlet and rule: of equals the shortest, then the first in order."""
    if pieces is None:
        return {}
    pieces = pieces.append_column("size", pc.utf8_length(pieces["text"]))
    order = [(k, "ascending") for k in _KEYS] + [
        ("n", "descending"),
        ("size", "ascending"),
        ("text", "ascending"),
    ]
    pieces = pieces.sort_by(order)
    outlets, names = (pieces[k].combine_chunks().dictionary_encode().indices.to_numpy() for k in _KEYS)
    first = [
        i for i in range(len(pieces)) if not i or outlets[i] != outlets[i - 1] or names[i] != names[i - 1]
    ]
    chosen = pieces.take(pa.array(first, pa.int64())).to_pylist()
    return {(r["outlet"], r["rule"]): (_one_line(r["text"]), r["doc_id"]) for r in chosen}


def _one_line(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= EXAMPLE else shown[: EXAMPLE - 1] + "…"


def _notes(sizes: dict[str, list[int]], counts: dict[tuple[str, str], list[int]]) -> tuple[str, ...]:
    whole, taken = sum(c for _, c in sizes.values()), sum(c for _, _, c in counts.values())
    docs = sum(n for n, _ in sizes.values())
    share = f" ({100 * taken / whole:.2f} %)" if whole else ""
    notes = [f"{taken:,} of {whole:,} characters{share} of {docs:,} articles were taken out."]
    untouched = sorted(sizes.keys() - {outlet for outlet, _ in counts})
    if untouched:
        more = f" and {len(untouched) - 12} more" if len(untouched) > 12 else ""
        notes.append(f"Nothing was taken out of the articles of {', '.join(untouched[:12])}{more}.")
    return tuple(notes)


def _richest(best: _Best, table: pa.Table) -> _Best:
    """Choose by outlet the article with most rules, the shortest of equals."""
    per = table.group_by(["outlet", "doc_id", "size"]).aggregate([("rule", "count_distinct")])
    order = [("outlet", "ascending"), ("rule_count_distinct", "descending"), ("size", "ascending")]
    per = per.sort_by([*order, ("doc_id", "ascending")])
    chosen = dict(best)
    for outlet in pc.unique(per["outlet"]).to_pylist():
        first = pc.index(per["outlet"], outlet).as_py()
        row = per.slice(first, 1).to_pylist()[0]
        rank = (-row["rule_count_distinct"], row["size"], row["doc_id"])
        chosen[outlet] = min(chosen.get(outlet, rank), rank)
    return chosen


def _pages(corpus: Corpus, best: _Best, sizes: dict[str, int], most: int) -> ArticlePages:
    """Read the chosen article of each outlet, the largest outlets first."""
    pages = []
    for outlet in sorted(best, key=lambda o: (-sizes[o], o))[:most]:
        page = corpus.read(best[outlet][2])
        n = len(page.rules)
        heading = f"{outlet}: {page.article['title'] or '(no title)'} ({n} {'rule' if n == 1 else 'rules'})"
        pages.append((heading, page))
    return ArticlePages(tuple(pages))
