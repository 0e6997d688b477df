"""The records of one article: which is kept, with which date, and what becomes of the others.

Of all records of an article the fullest text is kept, with the best date any of them has; the others are duplicates,
with the reason. Not for cleaning them, nor for finding which records are of one article: see `settle`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus.config import Config
from analysis.corpus.encode import Text
from analysis.corpus.links import link_key
from analysis.fingerprint import content_hash
from analysis.schema import ARTICLE, TABLES
from analysis.text.base import Cleaned

_DATE_TRUST = {"correction": 0, "printed": 1, "published": 2, "listing": 3, "page": 4}
_PRECISION = {"day": 0, "month": 1, "year": 2}
_GROUPS_AT_ONCE = 1024
WORD = r"[\pL\pM\pN]+(?:['’\-][\pL\pM\pN]+)*"


@dataclass(frozen=True)
class Candidate:
    """One record of an article, cleaned; or the article as an earlier snapshot stored it."""

    row: dict[str, Any]
    cleaned: Cleaned
    stored_in: str | None = None

    @property
    def rank(self) -> tuple[Any, ...]:
        """Fullest text first, then the better date, then what depends on content alone."""
        c = self.cleaned
        return (
            -len(c.body or ""),
            _date_rank(c),
            self.stored_in is None,
            c.title or "",
            self.row["source_file"],
            self.row["source_line"] or 0,
        )


class Made:
    """What one range grows into: rows for each table, and the counts for the ledger."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {
            t: [] for t in ("articles", "removals", "duplicates", "rejects", "tombstones")
        }
        self.kept: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.links = 0

    def add(self, doc_id: str, candidates: list[Candidate], config: Config) -> None:
        """Choose what is kept of one article and record the rest."""
        with_text = sorted((c for c in candidates if c.cleaned.body), key=lambda c: c.rank)
        if not with_text:
            for c in candidates:
                self._reject(c)
            return
        best = with_text[0]
        kept = best.cleaned
        dated = min((c.cleaned for c in candidates), key=_dating)
        if _date_rank(dated) < _date_rank(kept):
            kept = replace(
                kept,
                published=dated.published,
                published_precision=dated.published_precision,
                published_at=dated.published_at,
                published_source=dated.published_source,
                published_raw=dated.published_raw,
                flags=(*(f for f in kept.flags if not f.startswith("date")), "date_from_copy"),
            )
        if best.stored_in is None or kept is not best.cleaned:
            self._article(doc_id, best.row, kept)
            if best.stored_in is not None:
                self.rows["tombstones"].append((doc_id, best.stored_in, "better_date"))
        words: set[str] | None = None
        for c in candidates:
            source = c.row["source_file"]
            if c is best:
                self.kept[source] += c.stored_in is None
                continue
            if c.stored_in is not None:
                self.rows["tombstones"].append((doc_id, c.stored_in, "fuller_text"))
                self.kept[source] -= 1
            words = words or set((kept.body or "").split())
            own = set((c.cleaned.body or "").split())
            shared = len(own & words) / len(own) if own else None
            reason = _reason(c, best, config)
            self.duplicates[source] += 1
            self.reasons[f"duplicate:{reason}"] += 1
            self.rows["duplicates"].append(
                (
                    doc_id,
                    reason,
                    kept.outlet,
                    c.cleaned.title,
                    c.row["link"],
                    c.cleaned.published,
                    len((c.cleaned.body or "").split()),
                    shared,
                    source,
                    c.row["source_line"],
                    c.row["source_offset"],
                )
            )

    def _article(self, doc_id: str, row: dict[str, Any], c: Cleaned) -> None:
        published = c.published.isoformat() if c.published else None
        digest = content_hash(
            c.outlet,
            c.agency,
            c.title,
            c.standfirst,
            c.body,
            c.author,
            c.section,
            c.dateline,
            c.language,
            published,
            c.published_precision,
        )
        self.rows["articles"].append(
            (
                doc_id,
                c.outlet,
                c.agency,
                c.title,
                c.standfirst,
                c.body,
                row["link"],
                c.author,
                c.section,
                c.dateline,
                c.language,
                c.language_declared,
                c.published,
                c.published_precision,
                c.published_at,
                c.published_source,
                c.published_raw,
                c.retrieved,
                list(c.flags),
                list(c.steps),
                None,
                row["source_file"],
                row["source_line"],
                row["source_offset"],
                digest,
                sorted(row["raw_fields"].items()),
            )
        )
        self.rows["removals"].extend((doc_id, r.part, r.rule, r.start, r.end, r.text) for r in c.removals)

    def _reject(self, c: Candidate) -> None:
        if c.stored_in is not None:
            return
        row = c.row
        seen = ", ".join(sorted(row["raw_fields"]))[:200]
        if row["body"]:
            reason, text = (
                "no_body_left",
                "Cleaning left no text. Look at its removals; a rule can be switched off in corpus.toml.",
            )
        else:
            reason, text = (
                "no_text",
                (
                    "The record has no text. If it is in a field of another name, say so in corpus.toml: "
                    '[fields] content = "...".'
                    f" Its other fields: {seen}."
                ),
            )
        raw = "\n".join(f"{k}: {v}" for k, v in sorted(row["raw_fields"].items())).encode()
        if row["body"]:
            raw += b"\n" + row["body"].encode()
        self.rejected[row["source_file"]] += 1
        self.reasons[f"reject:{reason}"] += 1
        self.rows["rejects"].append(
            (row["source_file"], row["source_line"], row["source_offset"], reason, text, raw[:4096], len(raw))
        )

    def texts(self) -> Iterator[Text]:
        """Give what is to be encoded of each article, in the order of the rows."""
        at = [ARTICLE.get_field_index(name) for name in Text._fields]
        return (Text(*(row[i] for i in at)) for row in self.rows["articles"])

    def batches(self, table: str) -> Iterator[pa.Table]:
        """Give the rows of a table as Arrow, counting the words of articles on the way."""
        schema = TABLES[table]
        rows = self.rows[table]
        for start in range(0, len(rows), _GROUPS_AT_ONCE):
            columns = list(zip(*rows[start : start + _GROUPS_AT_ONCE], strict=True))
            arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
            if table == "articles":
                words = pc.count_substring_regex(arrays[schema.get_field_index("body")], WORD)
                arrays[schema.get_field_index("n_words")] = words.cast(pa.int32())
            yield pa.Table.from_arrays(arrays, schema=schema)


def _date_rank(c: Cleaned) -> tuple[int, int]:
    if c.published is None:
        return (9, 9)
    return (_PRECISION.get(c.published_precision or "", 3), _DATE_TRUST.get(c.published_source or "", 8))


def _dating(c: Cleaned) -> tuple[Any, ...]:
    """Order dates: by trust, then the earliest, for a page that is listed again is listed later."""
    return (_date_rank(c), c.published.toordinal() if c.published else 0)


def _reason(c: Candidate, best: Candidate, config: Config) -> str:
    mine, other = c.row["link"], best.row["link"]
    if not mine or not other:
        return "same_text"
    if mine == other:
        return "same_link"
    if config.number_in_path and link_key(mine, number_in_path=False) != link_key(
        other, number_in_path=False
    ):
        return "same_number"
    return "same_link"
