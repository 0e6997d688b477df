"""What is in a corpus and what became of everything that went in: one function, one table.

Not for trends or intervals: these tables count, they do not infer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.handle import Corpus
from analysis.result import Result

if TYPE_CHECKING:
    pass


def describe(corpus: Corpus) -> Result:
    """Say in a few rows what the corpus is.

    Returns
    -------
    Result
        `fact` (str), `value` (str): the ledger of the snapshot, then the selection.

    Notes
    -----
    One pass over four columns.
    """
    s = corpus.snapshot
    table = _columns(corpus, "outlet", "published", "n_words", "language")
    days = table["published"].drop_null()
    span = pc.min_max(days).as_py() if len(days) else {"min": None, "max": None}
    outlets = [o for o in pc.unique(table["outlet"]).to_pylist() if o]
    languages = Counter(x or "not identified" for x in table["language"].to_pylist())
    facts = [
        ("records read", f"{s.counts['records']:,}"),
        ("kept as articles", f"{s.counts['kept']:,}"),
        ("duplicates", f"{s.counts['duplicates']:,}"),
        ("rejected", f"{s.counts['rejected']:,}"),
        ("distinct links among them", f"{s.counts['links']:,}"),
        ("articles in this selection", f"{table.num_rows:,}"),
        (
            "outlets",
            f"{len(outlets):,}: {', '.join(sorted(outlets)[:12])}{' …' if len(outlets) > 12 else ''}",
        ),
        ("first day", str(span["min"] or "no dated article")),
        ("last day", str(span["max"] or "no dated article")),
        ("articles without a date", f"{table.num_rows - len(days):,}"),
        ("words", f"{pc.sum(table['n_words']).as_py() or 0:,}"),
        ("languages", ", ".join(f"{k} {v:,}" for k, v in languages.most_common(8))),
        ("selection", str(s.parameters["config"]["selection"])),
        ("snapshot", str(s.number)),
        ("fingerprint", corpus.fingerprint),
    ]
    return _result("describe", corpus, ["fact", "value"], facts, "as named")


def accounting(corpus: Corpus) -> Result:
    """Account for every record of every source file: records = kept + duplicates + rejected.

    Returns
    -------
    Result
        `source_file`, `format` (str), `records`, `kept`, `duplicates`, `rejected` (int64, records), `note` (str);
        in the order of reading.
    """
    names = ["source_file", "format", "records", "kept", "duplicates", "rejected", "note"]
    rows = [tuple(e[n] for n in names) for e in corpus.snapshot.inputs]
    notes = tuple(corpus.snapshot.notes)
    return _result("accounting", corpus, names, rows, "records", notes)


def fields_used(corpus: Corpus) -> Result:
    """Show which field of each source filled which of ours; set `[fields]` in corpus.toml to overrule.

    Returns
    -------
    Result
        `source_file`, `field`, `filled_from` (str).
    """
    rows = [
        (e["source_file"], ours, raw)
        for e in corpus.snapshot.inputs
        for ours, raw in e.get("fields", {}).items()
    ]
    return _result("fields_used", corpus, ["source_file", "field", "filled_from"], rows, "names")


def outlet_months(corpus: Corpus) -> Result:
    """Count articles and words by outlet and month; months without any article have no row.

    Returns
    -------
    Result
        `outlet` (str), `month` (str, YYYY-MM), `n_docs` (int64, articles), `n_words` (int64, words);
        undated articles and those dated only by the year are counted in a note.
    """
    table = _columns(corpus, "outlet", "published", "published_precision", "n_words")
    dated = table.filter(
        pc.and_(
            pc.is_valid(table["published"]),
            pc.not_equal(pc.fill_null(table["published_precision"], ""), "year"),
        )
    )
    month = pc.strftime(dated["published"], "%Y-%m")
    grouped = (
        pa.table({"outlet": _named(dated["outlet"]), "month": month, "n_words": dated["n_words"]})
        .group_by(["outlet", "month"])
        .aggregate([("n_words", "count"), ("n_words", "sum")])
        .sort_by([("outlet", "ascending"), ("month", "ascending")])
    )
    rows = list(
        zip(
            *(grouped[n].to_pylist() for n in ("outlet", "month", "n_words_count", "n_words_sum")),
            strict=True,
        )
    )
    out = table.num_rows - dated.num_rows
    notes = (f"{out:,} articles without a month are not shown",) if out else ()
    return _result("outlet_months", corpus, ["outlet", "month", "n_docs", "n_words"], rows, "articles", notes)


def rejects(corpus: Corpus) -> Result:
    """List the records that could not be kept, with reason, place and first bytes.

    Returns
    -------
    Result
        `source_file` (str), `line`, `offset` (int64, null where unknown), `reason`, `message` (str), `raw` (str,
        the first 200 characters), `size` (int64, bytes).
    """
    names = ["source_file", "line", "offset", "reason", "message", "raw", "size"]
    rows = [
        (
            r["source_file"],
            r["line"],
            r["offset"],
            r["reason"],
            r["message"],
            (r["raw"] or b"").decode("utf-8", "replace")[:200],
            r["size"],
        )
        for r in corpus.table("rejects")
    ]
    rows.sort(key=lambda r: (r[0], r[1] or 0, r[2] or 0))
    return _result("rejects", corpus, names, rows, "records")


def reject_reasons(corpus: Corpus) -> Result:
    """Count the rejected records by reason, each with an example and what to do.

    Returns
    -------
    Result
        `reason` (str), `n` (int64, records), `example_file` (str), `example_line` (Int64), `what_to_do`
        (str); commonest first.
    """
    rows = rejects(corpus).table.to_dict("records")
    count = Counter(r["reason"] for r in rows)
    first = {r["reason"]: r for r in reversed(rows)}
    out = [(k, n, first[k]["source_file"], first[k]["line"], first[k]["message"]) for k, n in _ranked(count)]
    return _result(
        "reject_reasons",
        corpus,
        ["reason", "n", "example_file", "example_line", "what_to_do"],
        out,
        "records",
    )


def duplicates(corpus: Corpus) -> Result:
    """Count the records that were not kept because another record of the same article was.

    Returns
    -------
    Result
        `reason` (same_link, same_number, same_text), `outlet` (str), `n` (int64, records), `median_shared` (float64,
        the share of a duplicate's words that the kept article has); commonest first.
    """
    shared: dict[tuple[str, str], list[float]] = {}
    for r in corpus.table("duplicates", ["reason", "outlet", "shared"]):
        shared.setdefault((r["reason"], r["outlet"] or "(no outlet)"), []).append(r["shared"])
    count = Counter({k: len(v) for k, v in shared.items()})
    rows = [(reason, outlet, n, _median(shared[reason, outlet])) for (reason, outlet), n in _ranked(count)]
    return _result("duplicates", corpus, ["reason", "outlet", "n", "median_shared"], rows, "records")


def date_quality(corpus: Corpus) -> Result:
    """Show where dates come from, how exact they are and what is doubtful about them.

    Returns
    -------
    Result
        `outlet`, `published_source` (printed, published, listing, page, correction or none), `precision` (day, month,
        year or none), `flag` (str, empty where nothing is doubtful), `n_docs` (int64, articles; one with two flags is
        in two rows).
    """
    table = _columns(corpus, "outlet", "published_source", "published_precision", "flags", "published")
    count: Counter[tuple[str, str, str, str]] = Counter()
    for row in table.to_pylist():
        doubts = [f for f in row["flags"] or () if f.startswith("date")] or [""]
        source, precision = (
            (row["published_source"], row["published_precision"]) if row["published"] else (None, None)
        )
        for flag in doubts:
            count[(row["outlet"] or "(no outlet)", source or "none", precision or "none", flag)] += 1
    rows = [(*key, n) for key, n in sorted(count.items())]
    return _result(
        "date_quality",
        corpus,
        ["outlet", "published_source", "precision", "flag", "n_docs"],
        rows,
        "articles",
    )


def lengths(corpus: Corpus) -> Result:
    """Show how long articles are, by outlet.

    Returns
    -------
    Result
        `outlet` (str), `n_docs` (int64), `words_p10`, `words_p50`, `words_p90`, `words_mean` (float64,
        words an article).
    """
    frame = _columns(corpus, "outlet", "n_words").to_pandas()
    frame["outlet"] = frame["outlet"].fillna("(no outlet)")
    grouped = frame.groupby("outlet")["n_words"]
    table = grouped.quantile([0.1, 0.5, 0.9]).unstack() if len(frame) else None
    rows = [
        (
            o,
            len(g),
            float(table.loc[o, 0.1]),
            float(table.loc[o, 0.5]),
            float(table.loc[o, 0.9]),
            float(g.mean()),
        )
        for o, g in grouped
        if table is not None
    ]
    names = ["outlet", "n_docs", "words_p10", "words_p50", "words_p90", "words_mean"]
    return _result("lengths", corpus, names, rows, "words an article")


def languages(corpus: Corpus) -> Result:
    """Set the language each article is in beside the one it was declared to be in.

    Returns
    -------
    Result
        `outlet`, `language_declared`, `language` (str, ISO 639-1 or 'unknown'), `n_docs` (int64, articles).
    """
    table = _columns(corpus, "outlet", "language_declared", "language")
    count = Counter(
        (r["outlet"] or "(no outlet)", r["language_declared"] or "not declared", r["language"] or "unknown")
        for r in table.to_pylist()
    )
    rows = [(*key, n) for key, n in sorted(count.items(), key=lambda kv: (kv[0][0], -kv[1], kv[0]))]
    return _result(
        "languages", corpus, ["outlet", "language_declared", "language", "n_docs"], rows, "articles"
    )


def field_coverage(corpus: Corpus) -> Result:
    """Show in how many articles of each outlet a field is filled.

    Returns
    -------
    Result
        `outlet`, `field` (str), `n_docs`, `filled` (int64, articles), `share` (float64, 0 to 1).
    """
    names = (
        "title",
        "standfirst",
        "agency",
        "author",
        "section",
        "dateline",
        "link",
        "published",
        "language",
    )
    frame = _columns(corpus, "outlet", *names).to_pandas()
    frame["outlet"] = frame["outlet"].fillna("(no outlet)")
    rows = [
        (outlet, name, len(group), int(group[name].notna().sum()), float(group[name].notna().mean()))
        for outlet, group in frame.groupby("outlet")
        for name in names
    ]
    return _result(
        "field_coverage", corpus, ["outlet", "field", "n_docs", "filled", "share"], rows, "articles"
    )


def cleaning(corpus: Corpus) -> Result:
    """Show what cleaning removed, by outlet and rule, with an example of each.

    Returns
    -------
    Result
        `outlet`, `rule` (str), `n_removals` (int64, pieces), `n_docs` (int64, articles), `chars` (int64, characters),
        `example` (str, the commonest piece; at most 160 characters); white space alone is left out.
    """
    outlets = dict(
        zip(*(_columns(corpus, "doc_id", "outlet")[n].to_pylist() for n in ("doc_id", "outlet")), strict=True)
    )
    pieces: Counter[tuple[str, str]] = Counter()
    chars: Counter[tuple[str, str]] = Counter()
    docs: dict[tuple[str, str], set[str]] = {}
    texts: dict[tuple[str, str], Counter[str]] = {}
    for r in corpus.table("removals"):
        if r["rule"] == "space" or r["doc_id"] not in outlets:
            continue
        key = (outlets[r["doc_id"]] or "(no outlet)", r["rule"])
        pieces[key] += 1
        chars[key] += len(r["text"])
        docs.setdefault(key, set()).add(r["doc_id"])
        seen = texts.setdefault(key, Counter())
        if len(seen) < 1000 or r["text"] in seen:
            seen[r["text"]] += 1
    rows = [
        (outlet, rule, n, len(docs[outlet, rule]), chars[outlet, rule], _example(texts[outlet, rule]))
        for (outlet, rule), n in sorted(pieces.items(), key=lambda kv: (kv[0][0], -kv[1], kv[0][1]))
    ]
    return _result(
        "cleaning", corpus, ["outlet", "rule", "n_removals", "n_docs", "chars", "example"], rows, "removals"
    )


def _columns(corpus: Corpus, *names: str) -> pa.Table:
    batches = list(corpus.scan(*names))
    if batches:
        return pa.Table.from_batches(batches)
    from analysis.schema import ARTICLE

    return pa.schema([ARTICLE.field(n) for n in names]).empty_table()


def _named(outlets: Any) -> Any:
    return pc.fill_null(outlets, "(no outlet)")


def _ranked(count: "Counter[Any]") -> Iterable[tuple[Any, int]]:
    return sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))


def _median(values: Sequence[float | None]) -> float | None:
    found = sorted(v for v in values if v is not None)
    return found[len(found) // 2] if found else None


def _example(texts: "Counter[str]") -> str:
    best = min(texts.items(), key=lambda kv: (-kv[1], len(kv[0]), kv[0]))[0]
    shown = " ".join(best.split())
    return shown if len(shown) <= 160 else shown[:159] + "…"


def _result(
    kind: str,
    corpus: Corpus,
    names: list[str],
    rows: Sequence[tuple[Any, ...]],
    unit: str,
    notes: tuple[str, ...] = (),
) -> Result:
    import pandas as pd

    frame: pd.DataFrame = pd.DataFrame(rows, columns=names)
    for name in ("line", "offset", "example_line"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return Result(
        kind=kind, table=frame, unit=unit, params={}, corpus_fingerprint=corpus.fingerprint, notes=notes
    )
