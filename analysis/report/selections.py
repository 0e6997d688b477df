"""Which articles a run was about: one small list of ids and content hashes, kept once for all runs on the same state.

It is what lets `diff` say that numbers moved because these articles were added and that one was corrected. It holds no
text, and nothing breaks without it: a run that was mailed alone is compared by its fingerprints.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.report.subject import Subject
from analysis.result.files import write_whole

FOLDER = "_selections"


@dataclass(frozen=True, slots=True)
class ArticleChanges:
    """How one list of articles became another: numbers of articles, and up to five ids of each."""

    added: int
    removed: int
    corrected: int
    relearned: int  # the same article, cleaned to another text by other rules
    stories: int  # articles kept that belong to another story now
    examples: dict[str, tuple[str, ...]]


def keep(subject: Subject | None, reports: Path) -> None:
    """Write the list of a subject's articles unless it is there."""
    if subject is None or not hasattr(subject.corpus, "scan"):
        return
    path = reports / FOLDER / f"{subject.list_name}.parquet"
    if path.is_file():
        return
    batches = list(subject.corpus.scan("doc_id", "content_hash", "story_id"))
    if not batches:
        return
    table = pa.Table.from_batches(batches).sort_by("doc_id")
    ids = pa.array(sorted(subject.corpus.overlay.corrections), pa.string())
    table = table.append_column("corrected", pc.is_in(table["doc_id"], value_set=ids))
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    write_whole(path, buffer.getvalue().to_pybytes())


def compare(before: str, after: str, folders: tuple[Path, ...]) -> ArticleChanges | None:
    """Compare two lists by name; None where one of them is not there."""
    one, two = (_read(name, folders) for name in (before, after))
    if one is None or two is None:
        return None
    ids = set(one) & set(two)
    corrected: list[str] = []
    relearned: list[str] = []
    stories: list[str] = []
    for doc_id in sorted(ids):
        a, b = one[doc_id], two[doc_id]
        if a["content_hash"] != b["content_hash"]:
            (corrected if a["corrected"] or b["corrected"] else relearned).append(doc_id)
        if a["story_id"] != b["story_id"]:
            stories.append(doc_id)
    added, removed = sorted(set(two) - ids), sorted(set(one) - ids)
    named = {
        "added": added,
        "removed": removed,
        "corrected": corrected,
        "relearned": relearned,
        "stories": stories,
    }
    return ArticleChanges(
        **{name: len(found) for name, found in named.items()},
        examples={name: tuple(found[:5]) for name, found in named.items()},
    )


def _read(name: str, folders: tuple[Path, ...]) -> dict[str, dict[str, Any]] | None:
    """Read one list from the first folder that has it."""
    for folder in folders:
        path = folder / FOLDER / f"{os.path.basename(name)}.parquet"  # noqa: PTH119 - a name from a manifest, never a path
        if path.is_file():
            return {row["doc_id"]: row for row in pq.read_table(path).to_pylist()}
    return None
