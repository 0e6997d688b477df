"""Where the articles behind a number can be had; results know this protocol and nothing of a corpus.

Not serialised: after loading a result, `.attach(corpus)` gives it its articles again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from analysis.errors import SelectionError, message

if TYPE_CHECKING:
    import pandas as pd


class EvidenceSource(Protocol):
    """Opens the articles a number was made from, and sentences by the ids of their articles. A Corpus is one."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the articles that can be opened here."""
        ...

    def articles(self, fields: Sequence[str] | None = None, /) -> "pd.DataFrame":
        """Return one row per article with these fields, in the order of the ids."""
        ...

    def sentences(self, doc_ids: Sequence[str], *, voice: str | None = None) -> "pd.DataFrame":
        """Return the sentences of these articles, in reading order: doc_id, part, sentence, voice, text."""
        ...


class Exhibit(Protocol):
    """Something that shows itself: HTML, everything in it escaped, and as text."""

    def _repr_html_(self) -> str: ...

    def __str__(self) -> str: ...


def check_source(source: EvidenceSource, corpus_fingerprint: str) -> EvidenceSource:
    """Return the source when it holds the articles a result was made from; other articles are no evidence."""
    if source.fingerprint != corpus_fingerprint:
        raise SelectionError(
            message(
                "This corpus is not the one the result was made from",
                got=source.fingerprint,
                expected=f"the fingerprint {corpus_fingerprint!r}",
                hint="Open the snapshot it was made from (`as_of=`) and apply the same `where`.",
            )
        )
    return source


@dataclass(frozen=True, eq=False)
class Traced:
    """A corpus together with what was measured on it: enough to say which articles a row of a result is made of.

    Attributes
    ----------
    corpus
        Where the articles are.
    measured
        The Tokens, the Measurement, or the measurements by name the result was made from.
    given
        Arguments that a result's `params` do not hold as they were given, such as a side that is a Corpus.
    """

    corpus: EvidenceSource
    measured: object
    given: Mapping[str, object] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The corpus's."""
        return self.corpus.fingerprint

    def articles(self, fields: Sequence[str] | None = None, /) -> "pd.DataFrame":
        """The corpus's articles."""
        return self.corpus.articles(fields)

    def sentences(self, doc_ids: Sequence[str], *, voice: str | None = None) -> "pd.DataFrame":
        """The corpus's sentences."""
        return self.corpus.sentences(doc_ids, voice=voice)
