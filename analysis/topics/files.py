"""A model on disk: arrays, Parquet and JSON, never a pickle. Not for results (`analysis.result.files`).

`model.json` is written last and holds the hashes of the others: a folder that was half written, or changed since, is
refused.
"""

import hashlib
import io
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import CorpusError, InputError, message
from analysis.fingerprint import canonical_json
from analysis.result.files import write_whole
from analysis.terms.recipe import Recipe
from analysis.topics.model import TopicModel

FORMAT = 1
_FACTS = "model.json"


def save(model: TopicModel, folder: str | os.PathLike[str]) -> None:
    """Write a model; see `TopicModel.save`."""
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError(message("`folder` is a file", got=str(target), expected="a folder"))
    target.mkdir(parents=True, exist_ok=True)
    terms = pa.table({"term": list(model.terms), "background": model.background, "doc_freq": model.doc_freq})
    data = {
        "terms.parquet": _parquet(terms),
        "stability.parquet": _parquet(pa.Table.from_pandas(model.stability, preserve_index=False)),
        "topic_word.npy": _array(model.topic_word),
    }
    if model.refits is not None:
        data["refits.npy"] = _array(model.refits)
    facts = {
        "format": FORMAT,
        "method": model.method,
        "params": model.params,
        "labels": model.labels,
        "n_docs": model.n_docs,
        "recipe": asdict(model.recipe),
        "corpus_fingerprint": model.corpus_fingerprint,
        "notes": model.notes,
        "facts": model.facts,
        "version": model.version,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in data.items()},
    }
    for name, content in data.items():
        write_whole(target / name, content)
    shown = json.dumps(json.loads(canonical_json(facts)), indent=2, sort_keys=True, ensure_ascii=False)
    write_whole(target / _FACTS, f"{shown}\n".encode())
    if model.refits is None:
        (target / "refits.npy").unlink(missing_ok=True)


def load(folder: str | os.PathLike[str]) -> TopicModel:
    """Read a model; see `TopicModel.load`."""
    place = Path(folder)
    if not place.is_dir():
        raise InputError(message("There is no such folder", got=str(place)))
    try:
        facts = json.loads((place / _FACTS).read_text(encoding="utf-8"))
        if not isinstance(facts, dict) or facts.get("format") != FORMAT:
            raise ValueError(f"{_FACTS} is not of format {FORMAT}")
        data = {name: _read(place, name, digest) for name, digest in sorted(facts["sha256"].items())}
        return _model(facts, data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as error:
        raise CorpusError(
            message(
                f"{place} is not a whole topic model",
                hint=f"{error}. Fit the topics again, and save them anew.",
            )
        ) from error


def _model(facts: dict[str, Any], data: dict[str, bytes]) -> TopicModel:
    terms = pq.read_table(pa.BufferReader(data["terms.parquet"]))
    topic_word = _values(data["topic_word.npy"])
    if topic_word.ndim != 2 or topic_word.shape != (len(facts["labels"]), terms.num_rows):
        raise ValueError("its arrays do not fit together")
    stability: pd.DataFrame = pq.read_table(pa.BufferReader(data["stability.parquet"])).to_pandas()
    recipe: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts["recipe"].items()}
    return TopicModel(
        terms=tuple(terms["term"].to_pylist()),
        topic_word=topic_word,
        background=terms["background"].to_numpy(),
        doc_freq=terms["doc_freq"].to_numpy(),
        n_docs=facts["n_docs"],
        labels=tuple(facts["labels"]),
        method=facts["method"],
        params=facts["params"],
        recipe=Recipe(**recipe),
        corpus_fingerprint=facts["corpus_fingerprint"],
        stability=stability,
        refits=_values(data["refits.npy"]) if "refits.npy" in data else None,
        notes=tuple(facts["notes"]),
        facts=facts["facts"],
        version=facts["version"],
    )


def _read(place: Path, name: str, digest: str) -> bytes:
    """Read a file of the folder, when it is the one that was saved; a name never leaves the folder."""
    if name not in ("terms.parquet", "stability.parquet", "topic_word.npy", "refits.npy"):
        raise ValueError(f"{name!r} is no file of a model")
    content = (place / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"{name} is not the file that was saved")
    return content


def _array(values: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, values, allow_pickle=False)
    return buffer.getvalue()


def _values(content: bytes) -> Any:
    return np.load(io.BytesIO(content), allow_pickle=False)


def _parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
