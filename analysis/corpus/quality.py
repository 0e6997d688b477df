"""What became of everything that went in: refused, joined, doubtful. One function, one table.

Not for correcting anything: see `corpus.toml` and `analysis.corpus.overlay`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.corpus.handle import Corpus
from analysis.corpus.tables import as_result, columns_of
from analysis.result import Result


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
    return as_result("rejects", corpus, names, rows, "records")


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
    return as_result(
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
    return as_result("duplicates", corpus, ["reason", "outlet", "n", "median_shared"], rows, "records")


def date_quality(corpus: Corpus) -> Result:
    """Show where dates come from, how exact they are and what is doubtful about them.

    Returns
    -------
    Result
        `outlet`, `published_source` (printed, published, listing, page, correction or none), `precision` (day, month,
        year or none), `flag` (str, empty where nothing is doubtful), `n_docs` (int64, articles; one with two flags is
        in two rows), `share` (float64, of the outlet's articles, 0 to 1).
    """
    table = columns_of(corpus, "outlet", "published_source", "published_precision", "flags", "published")
    count: Counter[tuple[str, str, str, str]] = Counter()
    sizes: Counter[str] = Counter()
    for row in table.to_pylist():
        keys = date_keys(row)
        sizes[keys[0][0]] += 1
        count.update(keys)
    rows = [(*key, n, n / sizes[key[0]]) for key, n in sorted(count.items())]
    return as_result(
        "date_quality",
        corpus,
        ["outlet", "published_source", "precision", "flag", "n_docs", "share"],
        rows,
        "articles",
    )


def date_keys(row: "dict[str, Any]") -> list[tuple[str, str, str, str]]:
    """Give the rows of `date_quality` an article is in: outlet, source, precision and doubt; one for each doubt."""
    doubts = [f for f in row["flags"] or () if f.startswith("date")] or [""]
    known = bool(row["published"])
    source = (row["published_source"] if known else None) or "none"
    precision = (row["published_precision"] if known else None) or "none"
    return [(row["outlet"] or "(no outlet)", source, precision, flag) for flag in doubts]


def _ranked(count: "Counter[Any]") -> Iterable[tuple[Any, int]]:
    return sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))


def _median(values: Sequence[float | None]) -> float | None:
    found = sorted(v for v in values if v is not None)
    return found[len(found) // 2] if found else None
