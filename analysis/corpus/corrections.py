"""Corrections by hand: recording one, and listing all with what they replaced and why.

`overlay` reads and writes the file and lays it over the articles. Not for rules of cleaning: `corpus.toml` switches
those off.
"""

from dataclasses import replace

from analysis.corpus.handle import Corpus
from analysis.corpus.overlay import add_correction, user_files, with_old
from analysis.corpus.scan import Condition
from analysis.corpus.tables import as_result
from analysis.errors import InputError, choose, message
from analysis.result import Result
from analysis.schema import CORRECTABLE


def correct(corpus: Corpus, doc_id: str, field: str, value: str | None, *, why: str, who: str = "") -> Corpus:
    """Record a correction of one field of one article, and give the corpus with it laid over.

    Parameters
    ----------
    doc_id
        The article's id; it must be in this corpus.
    field
        One of outlet, agency, title, standfirst, body, link, author, section, dateline, language, published (an ISO
        day).
    value
        The right value; None empties the field.
    why
        The reason; it is shown on the article's page and in the report.
    who
        Whoever corrected it; may be left empty.

    Returns
    -------
    Corpus
        The same selection with the correction laid over; its fingerprint is another one.

    Raises
    ------
    InputError
        An unknown field, a value that does not fit it, or no reason; nothing is written.
    UnknownNameError
        There is no such article.

    Notes
    -----
    Appends a row to `corrections.csv` in the corpus folder; no stored article is changed, and a later ingest keeps it.
    """
    choose("field", field, CORRECTABLE)
    for name, text in (("why", why), ("doc_id", doc_id), ("who", who)):
        if not isinstance(text, str):
            raise InputError(message(f"`{name}`", got=text, expected="text"))
    if value is not None and not isinstance(value, str):
        raise InputError(message("`value`", got=value, expected="text, or None to empty the field"))
    if not why.strip():
        raise InputError(message("`why` is empty", expected="the reason for the correction"))
    corpus.read(doc_id)
    add_correction(corpus.path, doc_id=doc_id, name=field, value=value, who=who.strip(), why=why.strip())
    return replace(corpus, overlay=user_files(corpus.path))


def corrections(corpus: Corpus) -> Result:
    """List the corrections by hand of the selected articles, each with the value it replaced.

    Returns
    -------
    Result
        `doc_id`, `field`, `old`, `value`, `who`, `why` (str; old and value null where empty); in the order of
        `corrections.csv`. A note counts the rows that name no article of this selection.

    Notes
    -----
    Reads the corrected articles alone.
    """
    names = ["doc_id", "field", "old", "value", "who", "why"]
    log = corpus.overlay.log
    ids = tuple(sorted({row["doc_id"] for row in log}))
    rows: tuple[dict[str, object], ...] = ()
    if ids:
        asked = replace(corpus, conditions=(*corpus.conditions, Condition("among", "doc_id", ids)))
        selected = [i for batch in asked.scan("doc_id") for i in batch.column(0).to_pylist()]
        plain = replace(
            corpus,
            overlay=replace(corpus.overlay, corrections={}, metadata=None),
            conditions=(Condition("among", "doc_id", tuple(selected)),),
        )
        stored = {r["doc_id"]: r for b in plain.scan("doc_id", *CORRECTABLE) for r in b.to_pylist()}
        rows = with_old(log, stored)
    left = len(log) - len(rows)
    notes = (f"Rows of corrections.csv that name no article of this selection: {left:,}.",) if left else ()
    return as_result(
        "corrections", corpus, names, [tuple(r[n] for n in names) for r in rows], "corrections", notes
    )
