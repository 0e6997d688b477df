"""What became of everything that went in: refused, joined, doubtful, removed. One function, one table.

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
        in two rows).
    """
    table = columns_of(corpus, "outlet", "published_source", "published_precision", "flags", "published")
    count: Counter[tuple[str, str, str, str]] = Counter()
    for row in table.to_pylist():
        doubts = [f for f in row["flags"] or () if f.startswith("date")] or [""]
        source, precision = (
            (row["published_source"], row["published_precision"]) if row["published"] else (None, None)
        )
        for flag in doubts:
            count[(row["outlet"] or "(no outlet)", source or "none", precision or "none", flag)] += 1
    rows = [(*key, n) for key, n in sorted(count.items())]
    return as_result(
        "date_quality",
        corpus,
        ["outlet", "published_source", "precision", "flag", "n_docs"],
        rows,
        "articles",
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
        zip(
            *(columns_of(corpus, "doc_id", "outlet")[n].to_pylist() for n in ("doc_id", "outlet")),
            strict=True,
        )
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
    return as_result(
        "cleaning", corpus, ["outlet", "rule", "n_removals", "n_docs", "chars", "example"], rows, "removals"
    )


def _ranked(count: "Counter[Any]") -> Iterable[tuple[Any, int]]:
    return sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))


def _median(values: Sequence[float | None]) -> float | None:
    found = sorted(v for v in values if v is not None)
    return found[len(found) // 2] if found else None


def _example(texts: "Counter[str]") -> str:
    best = min(texts.items(), key=lambda kv: (-kv[1], len(kv[0]), kv[0]))[0]
    shown = " ".join(best.split())
    return shown if len(shown) <= 160 else shown[:159] + "…"
