"""What is in a corpus: one function, one table.

Not for trends or intervals: these tables count, they do not infer. For what was refused or is doubtful see `quality`.
"""

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.handle import Corpus
from analysis.corpus.tables import as_result, columns_of
from analysis.result import Result


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
    table = columns_of(corpus, "outlet", "published", "n_words", "language")
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
    return as_result("describe", corpus, ["fact", "value"], facts, "as named")


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
    return as_result("accounting", corpus, names, rows, "records", notes)


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
    return as_result("fields_used", corpus, ["source_file", "field", "filled_from"], rows, "names")


def outlet_months(corpus: Corpus) -> Result:
    """Count articles and words by outlet and month; months without any article have no row.

    Returns
    -------
    Result
        `outlet` (str), `month` (str, YYYY-MM), `n_docs` (int64, articles), `n_words` (int64, words);
        undated articles and those dated only by the year are counted in a note.
    """
    table = columns_of(corpus, "outlet", "published", "published_precision", "n_words")
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
    return as_result(
        "outlet_months", corpus, ["outlet", "month", "n_docs", "n_words"], rows, "articles", notes
    )


def lengths(corpus: Corpus) -> Result:
    """Show how long articles are, by outlet.

    Returns
    -------
    Result
        `outlet` (str), `n_docs` (int64), `words_p10`, `words_p50`, `words_p90`, `words_mean` (float64,
        words an article).
    """
    frame = columns_of(corpus, "outlet", "n_words").to_pandas()
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
    return as_result("lengths", corpus, names, rows, "words an article")


def languages(corpus: Corpus) -> Result:
    """Set the language each article was found to be in beside the one it was declared to be in.

    Not for the words of another language inside sentences: they do not make an article mixed.

    Returns
    -------
    Result
        `outlet` (str), `declared` (str, as the source says it, null where it says nothing), `identified` (str,
        ISO 639-1, null where the text is too short or speaks for no language), `n_docs`, `n_disagree` (int64,
        articles: declared as one known language and found to be in another), `n_mixed` (int64, articles: 15 % of
        the letters or more are sentences in a second language); by outlet, the most frequent first.

    Notes
    -----
    One pass over four columns. A note counts the articles without an identified language.
    """
    table = columns_of(corpus, "outlet", "language_declared", "language", "flags")
    count: dict[tuple[str, str | None, str | None], list[int]] = {}
    for r in table.to_pylist():
        key = (r["outlet"] or "(no outlet)", r["language_declared"], r["language"])
        sums = count.setdefault(key, [0, 0, 0])
        flags = r["flags"] or ()
        for i, counts in enumerate((True, "language_disagrees" in flags, "language_mixed" in flags)):
            sums[i] += counts
    rows = [
        (*key, *sums)
        for key, sums in sorted(
            count.items(), key=lambda kv: (kv[0][0], -kv[1][0], kv[0][1] or "", kv[0][2] or "")
        )
    ]
    names = ["outlet", "declared", "identified", "n_docs", "n_disagree", "n_mixed"]
    unknown = sum(sums[0] for (*_, found), sums in count.items() if found is None)
    notes = (f"{unknown:,} articles are too short or speak for no language",) if unknown else ()
    return as_result("languages", corpus, names, rows, "articles", notes)


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
    frame = columns_of(corpus, "outlet", *names).to_pandas()
    frame["outlet"] = frame["outlet"].fillna("(no outlet)")
    rows = [
        (outlet, name, len(group), int(group[name].notna().sum()), float(group[name].notna().mean()))
        for outlet, group in frame.groupby("outlet")
        for name in names
    ]
    return as_result(
        "field_coverage", corpus, ["outlet", "field", "n_docs", "filled", "share"], rows, "articles"
    )


def _named(outlets: Any) -> Any:
    return pc.fill_null(outlets, "(no outlet)")
