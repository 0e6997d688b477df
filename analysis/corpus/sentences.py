"""The sentences of some articles as text, with their place and voice: what a reader checks a number against.

Not for counting: tokens are integers, and sentences of a whole corpus are no table.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus.encoded import TokenBatch
from analysis.errors import choose
from analysis.schema import PARTS, VOICES

if TYPE_CHECKING:
    from analysis.corpus.handle import Corpus

COLUMNS = ("doc_id", "part", "sentence", "voice", "text")
_NEEDED = ("type_ids", "seg_part", "seg_sentence", "seg_voice", "seg_start", "seg_end", "seg_tokens")


def sentences(corpus: "Corpus", doc_ids: Sequence[str], *, voice: str | None = None) -> pd.DataFrame:
    """Return the sentences of some articles in reading order.

    Parameters
    ----------
    corpus
        Where the articles are.
    doc_ids
        The articles; the order is kept, unknown ids give no rows.
    voice
        `narration`, `quotation` or `reported`: only the passages in this voice. Without it whole sentences.

    Returns
    -------
    DataFrame
        doc_id; part (`title`, `standfirst`, `body`); sentence (its number within the part, int64); voice (`mixed` for a
        whole sentence in several); text.
    """
    if voice is not None:
        choose("voice", voice, VOICES)
    wanted = list(dict.fromkeys(doc_ids))
    if not wanted:
        return pd.DataFrame({c: pd.Series(dtype="int64" if c == "sentence" else "str") for c in COLUMNS})
    by_article: dict[str, list[dict[str, Any]]] = {}
    for batch in corpus.where(doc_id=wanted).scan("doc_id", *PARTS, *_NEEDED):
        tokens = TokenBatch.of(batch)
        ids = batch.column("doc_id").to_pylist()
        texts = [batch.column(p).to_pylist() for p in PARTS]
        for i, doc_id in enumerate(ids):
            own = range(int(tokens.doc_segments[i]), int(tokens.doc_segments[i + 1]))
            by_article[doc_id] = _rows(doc_id, tokens, own, [t[i] or "" for t in texts], voice)
    rows = [row for doc_id in wanted for row in by_article.get(doc_id, [])]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"sentence": "int64"})


def _rows(
    doc_id: str, tokens: TokenBatch, segments: range, texts: list[str], voice: str | None
) -> list[dict[str, Any]]:
    """List the sentences of one article; a loop, because only a handful are ever shown."""
    found: list[dict[str, Any]] = []
    spans: dict[tuple[int, int], list[int]] = {}
    for s in segments:
        key = (int(tokens.seg_part[s]), int(tokens.seg_sentence[s]))
        spans.setdefault(key if voice is None else (key[0], s), []).append(s)
    for (part, _), members in spans.items():
        voices = {VOICES[int(tokens.seg_voice[s])] for s in members}
        if voice is not None and voices != {voice}:
            continue
        start, end = int(tokens.seg_start[members[0]]), int(tokens.seg_end[members[-1]])
        found.append(
            {
                "doc_id": doc_id,
                "part": PARTS[part],
                "sentence": int(tokens.seg_sentence[members[0]]),
                "voice": voices.pop() if len(voices) == 1 else "mixed",
                "text": texts[part][start:end].strip(),
            }
        )
    return found
