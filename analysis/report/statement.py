"""The data statement of a report: where the articles are from, how chosen, when collected, cleaned and joined.

Read from the corpus itself (its snapshot's ledger, its settings, its calendar), for the days the report asked for. Not
for results: see `methods`.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from analysis.errors import AnalysisError
from analysis.report.subject import Subject

_SELECTION = {
    "census": "By its settings the corpus holds everything its outlets published in the days collected.",
    "query": "The articles were found by a search: how many there are shows the searching as much as the press.",
    "handpicked": "The articles were picked by hand: how many there are says nothing about the press.",
}
_MANY = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """Paragraphs with a heading each, and what of it limits the numbers."""

    parts: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]


def statement_of(subject: Subject | None, parameters: dict[str, Any]) -> Statement:
    """Write the data statement; empty for what is not a corpus of ours.

    One pass over five columns, and the calendar (one pass over four).
    """
    corpus: Any = subject.corpus if subject else None
    if subject is None or not hasattr(corpus, "where"):
        return Statement((), ())
    days = {n: parameters.get(n) for n in ("since", "until") if isinstance(parameters.get(n), str)}
    selection = corpus.where(**days) if days else corpus
    parts, limits = [], []
    for heading, write in (
        ("Sources", _sources),
        ("Selection", _selection),
        ("Coverage", _coverage),
        ("Cleaning", _cleaning),
        ("Duplicates and copies", _copies),
        ("Corrections", _corrections),
    ):
        text, limit = write(corpus, selection)
        parts += [(heading, text)] if text else []
        limits += limit
    return Statement(tuple(parts), tuple(limits))


Written = tuple[str, list[str]]


def _sources(corpus: Any, selection: Any) -> Written:
    import pyarrow.compute as pc

    from analysis.corpus.tables import columns_of

    table = columns_of(selection, "outlet", "published", "n_words", "language")
    ledger = corpus.snapshot.counts
    outlets = Counter(o or "(no outlet)" for o in table["outlet"].to_pylist())
    named = sorted(outlets.items(), key=lambda kv: (-kv[1], kv[0]))
    listed = ", ".join(f"{name} ({n:,})" for name, n in named[:_MANY])
    more = f" and {len(named) - _MANY:,} more" if len(named) > _MANY else ""
    span = pc.min_max(table["published"]).as_py() if table.num_rows else {"min": None, "max": None}
    words = pc.sum(table["n_words"]).as_py() or 0
    languages = Counter(x or "not identified" for x in table["language"].to_pylist()).most_common(5)
    share = ", ".join(
        f"{k} {100 * v / table.num_rows:.1f} %" for k, v in sorted(languages, key=lambda kv: (-kv[1], kv[0]))
    )
    undated = table["published"].null_count
    text = (
        f"{table.num_rows:,} articles with {words:,} words from {len(named):,} outlets: {listed}{more}. "
        f"The first is of {span['min'] or 'no known day'}, the last of {span['max'] or 'no known day'}"
        f"{f'; {undated:,} have no date' if undated else ''}. Languages: {share or 'none'}. They come from "
        f"{ledger['records']:,} records in {len(corpus.snapshot.inputs):,} files, of which {ledger['kept']:,} were "
        f"kept, {ledger['duplicates']:,} were duplicates and {ledger['rejected']:,} were refused."
    )
    limits = [f"{undated:,} articles have no date and are in no trend."] if undated else []
    return text, limits


def _selection(corpus: Any, selection: Any) -> Written:
    how = str(corpus.snapshot.parameters.get("config", {}).get("selection", "census"))
    text = _SELECTION.get(how, how)
    if selection is not corpus:
        asked = [
            f"{c.since or 'the beginning'} to {c.until or 'the end'}"
            for c in selection.conditions
            if c.kind == "dates"
        ]
        text += f" This report is about {'; '.join(asked)}; articles without a date are not in it."
    return text, [] if how == "census" else [
        f"The corpus is a {how} selection: volume and gaps cannot be read from it."
    ]


def _coverage(corpus: Any, selection: Any) -> Written:
    from analysis.series.coverage import coverage

    del corpus
    try:
        found = coverage(selection, by="month").table
    except AnalysisError as error:
        return f"Coverage cannot be told: {error}", ["Coverage is not known."]
    counts = Counter(found["status"].tolist())
    total = sum(counts.values())
    words = ", ".join(
        f"{name.replace('_', ' ')} {n:,}"
        for name, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    )
    evidence = sorted(set(found["evidence"].dropna()) - {"joins", "leaves", "none"})
    known = {
        "declared": "declared windows",
        "crawl": "dates of retrieval",
        "counts": "a model of each outlet's counts",
    }
    how = " and ".join(known[e] for e in evidence if e in known) or "no evidence"
    text = f"Of {total:,} outlet-months: {words}. Judged by {how}. A month that was not collected is a gap, never zero."
    limits = []
    for status, what in (
        ("partial", "are partial: some of their days were not collected, or the range cuts them"),
        ("suspected_gap", "are suspected gaps: a silence that chance would hardly make, which is no proof"),
        ("missing", "were not collected"),
        (
            "unknown",
            "are before an outlet's first or after its last article; what it published then is not known",
        ),
    ):
        if counts.get(status):
            at = found[found["status"] == status]
            names = sorted({str(o) for o in at["outlet"].dropna()})
            listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
            limits.append(f"{counts[status]:,} of {total:,} outlet-months {what} ({listed}).")
    return text, limits


def _cleaning(corpus: Any, selection: Any) -> Written:
    del selection
    snapshot = corpus.snapshot
    config = snapshot.parameters.get("config", {})
    off = config.get("cleaning_off") or {}
    lines = sum(len(v) for v in snapshot.knowledge.get("cleaning", {}).get("lines", {}).values())
    text = (
        f"Texts were cleaned by named rules (cleaner {snapshot.cleaner_version}); what was taken out is kept with its "
        f"rule and place, so that texts and removals together are the sources. {lines:,} recurring lines of single "
        "outlets were learned as clutter."
    )
    if off:
        text += " Switched off: " + "; ".join(f"{k}: {', '.join(v)}" for k, v in sorted(off.items())) + "."
    return text, []


def _copies(corpus: Any, selection: Any) -> Written:
    settings = corpus.snapshot.parameters.get("stories", {})
    text = "Records of one article (one link, number or text) are one article."
    if not settings or settings.get("off") or not corpus.snapshot.of("stories"):
        return text + " Near-copies were not looked for.", [
            "Near-copies were not looked for: a report carried by ten outlets counts ten times."
        ]
    ids = [i for batch in selection.scan("story_id") for i in batch.column(0).to_pylist()]
    days, share = settings.get("window_days"), settings.get("threshold")
    text += (
        f" Near-copies within {days} days (from {share} of the text in common) form a story, led by its first article: "
        f"{_number(len(ids), 'article')} here {'is' if len(ids) == 1 else 'are'} "
        f"{len(set(ids)):,} {'story' if len(set(ids)) == 1 else 'stories'}. Each result says whether it counts copies."
    )
    return text, []


def _corrections(corpus: Any, selection: Any) -> Written:
    del selection
    n = len(corpus.overlay.corrections)
    return (f"{_number(n, 'article')} corrected by hand." if n else ""), []


def _number(n: int, noun: str) -> str:
    """A number with its noun.

    >>> _number(1, "article"), _number(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
