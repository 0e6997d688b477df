"""One article as a page to read: its text and fields, what was removed and corrected. For many: `Corpus.articles`."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.corpus.overlay import with_old
from analysis.corpus.page import ArticlePage
from analysis.corpus.scan import Condition, removal_tables
from analysis.errors import UnknownNameError, message
from analysis.schema import ARTICLE
from analysis.text.base import Removal

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus


def read(corpus: "Corpus", doc_id: str) -> ArticlePage:
    """Read an article; UnknownNameError where the snapshot has none of this id."""
    found = replace(corpus, conditions=(Condition("among", "doc_id", (doc_id,)),))
    rows = _rows(found)
    if not rows:
        raise UnknownNameError(
            message(
                "there is no such article in this snapshot",
                got=doc_id,
                expected="a doc_id",
                hint="Corpus.articles() lists them.",
            )
        )
    plain = replace(found, overlay=replace(corpus.overlay, corrections={}, metadata=None))
    stored = _rows(plain)[0]
    removals = tuple(
        Removal(r["part"], r["rule"], r["start"], r["end"], r["text"])
        for table in removal_tables(corpus.path, corpus.snapshot, doc_ids=[doc_id])
        for r in table.to_pylist()
    )
    return ArticlePage(rows[0], removals, with_old(corpus.overlay.log, {doc_id: stored}), stored)


def _rows(corpus: "Corpus") -> list[dict[str, Any]]:
    return [row for batch in corpus.scan(*ARTICLE.names) for row in batch.to_pylist(maps_as_pydicts="lossy")]
