"""A fitted scaling: the polarity of every term, frozen, kept as arrays and JSON, usable for new articles.

An instrument of tone like a lexicon. Not for fitting (`scaling`).
"""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.corpus.encoded import TokenBatch
from analysis.corpus.handle import Corpus
from analysis.errors import CorpusError, InputError, message
from analysis.fingerprint import canonical_json, content_hash
from analysis.sentiment.instrument import Marks, SegmentScores
from analysis.sentiment.scaling_contexts import columns_of, terms_of
from analysis.stats.checks import Floats
from analysis.terms.recipe import Recipe
from analysis.terms.tokens import Tokens
from analysis.terms.vocabulary import TermMap

_ARRAYS = ("polarity", "draws", "without", "freq", "doc_freq")


@dataclass(frozen=True, eq=False)
class ScalingModel:
    """The polarity of terms between two poles; made by `fit_scaling`.

    Attributes
    ----------
    terms
        Sorted by code point.
    polarity
        float64 by term: below 0 towards the first pole. 0 is the average word of the articles it was fitted to, 1 their
        standard deviation.
    draws
        float64, (n_terms, n_boot): polarities with stories drawn anew.
    without
        float64, (n_terms, n_anchors): polarities without one anchor, in the order of `left_out`.
    freq, doc_freq
        Occurrences, and segments, of each term in the articles it was fitted to.
    anchors
        The terms of each pole, the first negative.
    recipe
        How texts become terms; voices and parts are those it was fitted to.
    fitted_to
        The tokens it was fitted to, for evidence; not saved with it.
    """

    terms: tuple[str, ...]
    polarity: Floats
    draws: Floats
    without: Floats
    freq: Floats
    doc_freq: Floats
    anchors: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    recipe: Recipe
    params: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fitted_to: Tokens | None = None

    @property
    def name(self) -> str:
        """The two poles."""
        return " - ".join(self.anchors)

    @property
    def languages(self) -> tuple[str, ...] | None:
        """None: it reads whatever has its terms."""
        return None

    @property
    def unit(self) -> str:
        """Its scale."""
        return "standard deviations of words, its own scale"

    @cached_property
    def digest(self) -> str:
        """A hash of all that it is."""
        data = b"".join(np.ascontiguousarray(getattr(self, n)).tobytes() for n in _ARRAYS)
        return content_hash(canonical_json(list(self.terms)), data.hex()).hex()[:12]

    def prepare(self, corpus: Corpus) -> "ScalingScorer":
        """Look its terms up among the forms of a corpus."""
        tokens = self.tokens(corpus)
        vocabulary = tokens.vocabulary
        place = pa.array(list(self.terms))
        import pyarrow.compute as pc

        at = pc.fill_null(pc.index_in(vocabulary.terms, value_set=place), -1).to_numpy(zero_copy_only=False)
        return ScalingScorer(vocabulary, at.astype(np.int64), self.polarity, columns_of(tokens))

    def tokens(self, corpus: Corpus) -> Tokens:
        """A corpus seen through its recipe, all voices and parts."""
        from dataclasses import replace

        return Tokens(corpus, replace(self.recipe, voice=None, part=None))

    def save(self, folder: Any, *, name: str = "scaling") -> None:
        """Write `<name>.npz` (arrays) and `<name>.json`; the same model gives the same bytes. Nothing is pickled."""
        from analysis.coding.files import write_whole

        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        arrays = {n: np.ascontiguousarray(getattr(self, n)) for n in _ARRAYS}
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
        facts = {
            "terms": list(self.terms), "anchors": {k: list(v) for k, v in self.anchors.items()},
            "left_out": list(self.left_out), "recipe": asdict(self.recipe), "params": dict(self.params),
            "notes": list(self.notes), "digest": self.digest,
        }  # fmt: skip
        write_whole(place / f"{name}.npz", buffer.getvalue())
        write_whole(place / f"{name}.json", (canonical_json(facts) + "\n").encode("utf-8"))

    def __repr__(self) -> str:
        return f"<ScalingModel {self.name}: {len(self.terms):,} terms, {self.digest}>"


def open_scaling(folder: Any, *, name: str = "scaling") -> ScalingModel:
    """Read a saved model.

    Raises
    ------
    InputError
        There is none of that name.
    CorpusError
        Its files were changed or damaged.
    """
    place = Path(folder)
    try:
        facts = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(place / f"{name}.npz", allow_pickle=False) as file:
            arrays = {n: file[n] for n in _ARRAYS}
        known = {f.name for f in fields(Recipe)}
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in facts["recipe"].items() if k in known
        }
        made = ScalingModel(
            terms=tuple(facts["terms"]), anchors={k: tuple(v) for k, v in facts["anchors"].items()},
            left_out=tuple(facts["left_out"]), recipe=Recipe(**values), params=facts["params"],
            notes=tuple(facts["notes"]), **arrays,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise InputError(
            message("There is no such model", got=str(place / name), hint=f"{error}.")
        ) from error
    except (ValueError, KeyError, OSError, TypeError) as error:
        raise CorpusError(message(f"The model {name!r} cannot be read", hint=f"{error}.")) from error
    if made.digest != facts.get("digest"):
        raise CorpusError(message(f"The model {name!r} was changed since it was saved"))
    return made


@dataclass(frozen=True, eq=False)
class ScalingScorer:
    """A model in the numbers of one corpus; picklable."""

    vocabulary: TermMap
    place: Any
    polarity: Floats
    columns: tuple[str, ...]

    def __call__(self, batch: pa.RecordBatch, tokens: TokenBatch) -> SegmentScores:
        """Score every segment: the mean polarity of its words that are in the model, 0 where none is."""
        at = self.at(batch, tokens)
        use = at >= 0
        n = len(tokens.seg_tokens)
        segment = tokens.token_segment
        hits = np.bincount(segment[use], minlength=n)
        total = np.bincount(segment[use], weights=self.polarity[at[use]], minlength=n)
        word = self.vocabulary.is_word[tokens.type_ids].astype(np.bool_)
        words = np.bincount(segment[word], minlength=n)
        score = np.divide(total, hits, out=np.zeros(n), where=hits > 0)
        return SegmentScores(score, hits.astype(np.int32), words.astype(np.int32))

    def at(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Any:
        """The term of the model of each token, -1 for none."""
        term = terms_of(tokens, batch, self.vocabulary)
        return np.where(term >= 0, self.place[np.maximum(term, 0)], -1)

    def marks(self, batch: pa.RecordBatch, tokens: TokenBatch) -> Marks:
        """Give the words behind the scores."""
        at = self.at(batch, tokens)
        token = np.flatnonzero(at >= 0)
        return Marks(token, np.ones(len(token), np.int32), self.polarity[at[token]])
