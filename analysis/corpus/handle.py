"""`Corpus`: a lazy handle on one snapshot, narrowed by `where` and `sample`. It holds no text.

Not for measuring: measures take a Corpus and return a Result.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus import selecting
from analysis.corpus.encoded import TOKEN_COLUMNS, Encoding, encoding_of
from analysis.corpus.overlay import Overlay, user_files
from analysis.corpus.scan import Condition, View, load, parts_of, story_ids, tombstones
from analysis.corpus.store import Snapshot, resolve, snapshot_of
from analysis.engine import Engine, Fold, Serial
from analysis.errors import UnknownNameError, did_you_mean, message
from analysis.fingerprint import SetFingerprint, combine, content_hash
from analysis.schema import ARTICLE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.corpus.page import ArticlePage
    from analysis.result import Result

State = TypeVar("State")
Out = TypeVar("Out")
_PLAIN = tuple(n for n in ARTICLE.names if n not in ("body", "raw_fields", "content_hash"))


def open_corpus(
    path: str | os.PathLike[str], *, as_of: int | None = None, engine: Engine | None = None
) -> "Corpus":
    """Open a corpus by its folder, or by its folder's name under `corpus/` of the project.

    Parameters
    ----------
    path
        The folder, or its name.
    as_of
        The number of an earlier snapshot; default the newest.
    engine
        Who runs the work; default `engine.Serial()`. No result depends on it.

    Raises
    ------
    UnknownNameError, CorpusError
        There is no such corpus or snapshot, or it is damaged.
    """
    folder = resolve(path)
    return Corpus(folder, snapshot_of(folder, as_of), engine or Serial(), user_files(folder))


@dataclass(frozen=True)
class Corpus:
    """Articles of one snapshot that meet all conditions; every method that narrows returns another Corpus."""

    path: Path
    snapshot: Snapshot
    engine: Engine = field(repr=False)
    overlay: Overlay = field(repr=False)
    conditions: tuple[Condition, ...] = ()

    def where(
        self,
        *,
        outlet: str | Sequence[str] | None = None,
        agency: str | Sequence[str] | None = None,
        section: str | Sequence[str] | None = None,
        author: str | Sequence[str] | None = None,
        language: str | Sequence[str] | None = None,
        doc_id: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        metadata: dict[str, str | Sequence[str]] | None = None,
    ) -> "Corpus":
        """Narrow to the articles that meet every condition given.

        Parameters
        ----------
        outlet, agency, section, author, language, doc_id
            One value or several; an unknown outlet is an error and names the nearest.
        since, until
            Inclusive ISO days, or months (`2025-01`). Articles without a date are left out where either is given.
        text
            Words, `afghan*`, "foreign minister", alternatives joined by `|`; in title, standfirst or body.
        metadata
            Columns of `metadata.csv` and their values.
        """
        given = {
            "outlet": outlet, "agency": agency, "section": section, "author": author, "language": language,
            "doc_id": doc_id,
        }  # fmt: skip
        new = [*selecting.among(given), *selecting.among_metadata(metadata or {}, self.overlay)]
        selecting.check_outlets(new, self.snapshot, self.overlay)
        new += [*selecting.in_time(since, until), *selecting.matching(text)]
        return replace(self, conditions=(*self.conditions, *new))

    def sample(self, n: int, *, seed: int = 1) -> "Corpus":
        """Take `n` articles at random (all where there are fewer).

        Articles added to the corpus later leave the draw of the others alone.
        """
        selecting.check_size(n)
        ids = [i for batch in self.scan("doc_id") for i in batch.column(0).to_pylist()]
        drawn = sorted(ids, key=lambda i: blake2b(f"{seed}|{i}".encode(), digest_size=8).digest())[:n]
        return replace(self, conditions=(*self.conditions, Condition("ids", "doc_id", tuple(sorted(drawn)))))

    def scan(self, *columns: str) -> Iterator[pa.RecordBatch]:
        """Give the selected articles batch by batch, with these columns in this order."""
        view = self.view(*columns)
        for part in self.parts():
            yield from load(part, view=view)

    def view(self, *columns: str) -> View:
        """Say how rows of this corpus are to be read (for `engine.fold`)."""
        have = [
            *ARTICLE.names,
            "story_id",
            *TOKEN_COLUMNS,
            *(self.overlay.metadata.column_names if self.overlay.metadata is not None else ()),
        ]
        for name in columns:
            if name not in have:
                raise UnknownNameError(
                    message(
                        "articles have no such field",
                        got=name,
                        expected="one of " + ", ".join(have),
                        hint=did_you_mean(name, have),
                    )
                )
        return View(
            columns,
            tombstones(self.path, self.snapshot),
            self.overlay.corrections,
            self.overlay.metadata,
            self.conditions,
            self.encoding.corrected if any(c in TOKEN_COLUMNS for c in columns) else None,
            story_ids(self.path, self.snapshot) if "story_id" in columns else None,
        )

    @cached_property
    def encoding(self) -> Encoding:
        """The forms of this snapshot by their ids (all of it, whatever is selected)."""
        return encoding_of(self.path, self.snapshot, self.overlay.corrections)

    def parts(self) -> list[Any]:
        """List the pieces of work, by reference."""
        return list(parts_of(self.path, self.snapshot))

    def fold(self, fold: Fold[State, Out], *columns: str, label: str | None = None) -> Out:
        """Run a fold over the selected articles on this corpus's engine."""
        return self.engine.fold(fold, self.parts(), partial(load, view=self.view(*columns)), label=label)

    def articles(self, fields: Sequence[str] | None = None) -> "pd.DataFrame":
        """Give the selected articles as a table, one row each, ordered by `doc_id`.

        Parameters
        ----------
        fields
            Columns; default all but the text (`body`) and the fields as read (`raw_fields`). Ask for `body` by name,
            and mind the memory: about 4 kB an article.
        """
        chosen = tuple(dict.fromkeys(("doc_id", *(fields if fields is not None else self._default_fields()))))
        batches = list(self.scan(*chosen))
        schema = pa.schema(
            [ARTICLE.field(n) if n in ARTICLE.names else pa.field(n, pa.string()) for n in chosen]
        )
        table = pa.Table.from_batches(batches).cast(schema) if batches else schema.empty_table()
        table = table.sort_by("doc_id")
        frame: pd.DataFrame = table.to_pandas(date_as_object=False)
        return frame

    def sentences(self, doc_ids: Sequence[str], *, voice: str | None = None) -> "pd.DataFrame":
        """Give the sentences of some articles in reading order; see `analysis.corpus.sentences`."""
        from analysis.corpus.sentences import sentences

        return sentences(self, doc_ids, voice=voice)

    def read(self, doc_id: str) -> "ArticlePage":
        """Give one article as a page to read: text, fields, what was removed, what was corrected."""
        from analysis.corpus.reading import read

        return read(self, doc_id)

    def describe(self) -> "Result":
        """Say in a few rows what this corpus is; see `analysis.describe`."""
        from analysis.corpus.describe import describe

        return describe(self)

    def table(self, name: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Give the rows of a ledger table (removals, duplicates, rejects), those of replaced articles left out."""
        gone = tombstones(self.path, self.snapshot)
        for stored in self.snapshot.of(name):
            dead = (
                gone.get(stored.name.replace(name, "articles", 1), frozenset())
                if name == "removals"
                else frozenset()
            )
            with pq.ParquetFile(self.path / stored.name) as file:
                for batch in file.iter_batches(columns=list(columns) if columns else None):
                    yield from (r for r in batch.to_pylist() if not dead or r["doc_id"] not in dead)

    @cached_property
    def fingerprint(self) -> str:
        """Identify the content of this selection, corrections and denominators included: 32 hexadecimal digits."""
        if not self.conditions and not self.overlay.corrections:
            found = self.snapshot.fingerprint
        else:
            total = SetFingerprint()
            for batch in self.scan("doc_id", "content_hash"):
                total = total.merge(combine(batch.column(0).to_pylist(), batch.column(1).to_pylist()))
            found = total.hexdigest(self.snapshot.coded_by)
        published = self.overlay.published  # it decides what is a gap
        return found if published is None else content_hash(found, published.digest).hex()

    @property
    def name(self) -> str:
        """The name of the corpus's folder."""
        return self.path.name

    def __len__(self) -> int:
        return sum(batch.num_rows for batch in self.scan("doc_id"))

    def _default_fields(self) -> tuple[str, ...]:
        extra = self.overlay.metadata.column_names if self.overlay.metadata is not None else ()
        return (*_PLAIN, *(n for n in extra if n != "doc_id"))
