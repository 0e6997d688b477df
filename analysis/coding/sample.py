"""Drawing what is to be coded by hand: a blind, stratified sample whose probabilities are known and kept.

Not for reading codes (`coders`) and not for estimates. What a coder sees is a number and a text, in random order: no
outlet, no date, no score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.texts import scope_sizes, texts_of
from analysis.errors import InputError, SelectionError, choose, message
from analysis.fingerprint import canonical_json
from analysis.periods import PERIODS, as_days, period_labels, period_start, usable
from analysis.result import Measurement
from analysis.series.source import corpus_of, fields_of
from analysis.stats.checks import whole

STRATA = ("outlet", "period", "score")
UNITS = ("article", "segment")
DESIGN = (
    "row", "id", "doc_id", "segment", "outlet", "period", "bin", "stratum", "n_stratum", "n_sampled", "probability",
    "machine", "denominator", "context", "text",
)  # fmt: skip
BINS = 3


@dataclass(frozen=True, eq=False)
class CodingSheet:
    """A sample to code; made by `coding_sheet`, written by `save`, read again by `open_sheet`.

    Attributes
    ----------
    design
        DataFrame, one row a unit in the order coders see: `row` (from 1), `id`, `doc_id`, `segment` (Int64, null for
        whole articles), `outlet`, `period`, `bin` (of the score), `stratum`, `n_stratum` (articles in it), `n_sampled`,
        `probability` (that the unit was drawn, above 0, at most 1), `machine` (the measurement of the article),
        `denominator`, `context`, `text`.
    codes
        What a coder may write, and the number it stands for.
    params, measure, corpus_fingerprint
        How it was drawn; the signature of the measurement; its articles.
    """

    design: pd.DataFrame
    codes: Mapping[str, float]
    params: Mapping[str, Any]
    measure: str
    corpus_fingerprint: str
    key: str = field(default="")

    def __len__(self) -> int:
        return len(self.design)

    def __repr__(self) -> str:
        return f"<CodingSheet {self.key}: {len(self):,} units in {self.design['stratum'].nunique():,} strata>"

    def save(self, folder: Any, *, name: str = "sheet") -> None:
        """Write `<name>.csv` and `<name>.xlsx` for coders; `<name>.design.parquet` and `.json` stay with you."""
        from analysis.coding.files import save

        save(self, folder, name)


def coding_sheet(
    m: Measurement,
    n: int = 200,
    *,
    codes: Mapping[str, float] | Sequence[str],
    unit: str = "article",
    strata: Sequence[str] = STRATA,
    by: str = "quarter",
    voice: str | None = None,
    part: str | None = None,
    seed: int = 1,
) -> CodingSheet:
    """Draw a sample to be coded by hand.

    Parameters
    ----------
    m
        What is to be checked; it must carry its corpus. Articles without a denominator are not drawn.
    n
        How many articles (or segments, one an article), 2 or more. 200 to 400 serve most trends.
    codes
        What coders may write and the number it stands for, on the scale people mean: `{"negative": -1, "neutral": 0,
        "positive": 1}`, `{"no": 0, "yes": 1}`. A plain list is numbered 0, 1, 2, ...
    unit
        `article`: the whole article gets one code. `segment`: one segment in scope (a sentence, cut where the voice
        changes), drawn at random; for measurements whose denominator is segments, such as tone.
    strata
        What the sample is spread over: `outlet`, `period`, `score` (the measurement in thirds), or fewer of them.
    by
        Length of a period.
    voice, part
        For segments: those of the measurement, where it says none itself.
    seed
        Any whole number.

    Returns
    -------
    CodingSheet

    Raises
    ------
    InputError
        A wrong argument; more strata than units: every stratum needs one, or part of the corpus could never be drawn.
    SelectionError
        No article has a denominator, or the denominators are not segments in scope.

    Notes
    -----
    Each stratum gets one unit, and the rest go by the roots of their sizes (power allocation, Bankier 1988): small
    outlets and quarters are seen too. Within a stratum all articles have the same chance; the draw of an article does
    not depend on the others' order.
    """
    choose("unit", unit, UNITS)
    choose("by", by, PERIODS)
    whole("n", n, at_least=2)
    spread = tuple(
        dict.fromkeys(choose("strata", s, STRATA) for s in ([strata] if isinstance(strata, str) else strata))
    )
    known = read_codes_meaning(codes)
    frame = _frame(m, by)
    if unit == "segment":
        voice, part = voice or m.params.get("voice"), part or m.params.get("part")
        _check_segments(m, frame, voice, part)
    frame["stratum"] = _strata(frame, spread)
    drawn = _draw(frame, n, seed)
    drawn = _in_blind_order(drawn, seed)
    found = texts_of(corpus_of(m), drawn["doc_id"].tolist(), unit=unit, voice=voice, part=part, seed=seed)
    drawn = drawn.assign(
        segment=pd.array(found.segment, dtype="Int64"), context=found.context, text=found.text
    )
    if unit == "segment":
        drawn["probability"] = drawn["probability"] / np.asarray(found.n_in_scope, dtype=float)
    params = {
        "n": n,
        "unit": unit,
        "strata": list(spread),
        "by": by,
        "voice": voice,
        "part": part,
        "seed": seed,
    }
    facts = [m.signature, params, sorted(known.items()), drawn["doc_id"].tolist()]
    key = blake2b(canonical_json(facts).encode(), digest_size=3).hexdigest()
    drawn["row"] = np.arange(1, len(drawn) + 1)
    drawn["id"] = [
        unit_id(key, r, d, t) for r, d, t in zip(drawn["row"], drawn["doc_id"], drawn["text"], strict=True)
    ]
    return CodingSheet(
        drawn[list(DESIGN)].reset_index(drop=True), known, params, m.signature, m.corpus_fingerprint, key
    )


def unit_id(key: str, row: int, doc_id: str, text: str) -> str:
    """The id a coder sees: the sample, the row, and a check of both with the text, so that a changed one is found."""
    check = blake2b(
        f"{key}|{row}|{doc_id}|{text}".encode("utf-8", "surrogatepass"), digest_size=4
    ).hexdigest()
    return f"{key}-{row:04d}-{check}"


def read_codes_meaning(codes: object) -> dict[str, float]:
    """Read what coders may write: names with numbers, or a list of names."""
    if isinstance(codes, Sequence) and not isinstance(codes, str):
        codes = {str(name): float(i) for i, name in enumerate(codes)}
    if not isinstance(codes, Mapping) or len(codes) < 2:
        raise InputError(
            message("`codes`", got=codes, expected='two codes or more, such as {"no": 0, "yes": 1}')
        )
    found: dict[str, float] = {}
    for name, value in codes.items():
        plain = " ".join(str(name).split())
        number = isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)
        if not plain or not number or plain.casefold() in {k.casefold() for k in found}:
            raise InputError(message("`codes` holds a name twice, or what is no number", got={name: value}))
        found[plain] = float(value)
    return found


def _frame(m: Measurement, by: str) -> pd.DataFrame:
    """The articles that may be drawn, with outlet, period and the bin of their score."""
    corpus = corpus_of(m)
    table = m.table[m.table["denominator"] > 0]
    if not len(table):
        raise SelectionError(message(f"No article of {m.label!r} has a denominator, so none can be coded"))
    facts = fields_of(corpus, [])
    table = (
        table.merge(facts, on="doc_id", how="left")
        .sort_values("doc_id", kind="stable")
        .reset_index(drop=True)
    )
    days = as_days(table["published"])
    fine = [p for p in ("day", "month", "year") if usable(p, by)]
    ok = ~np.isnat(days) & table["published_precision"].isin(fine).to_numpy()
    starts = period_start(np.where(ok, days, np.datetime64("2000-01-01")), by)
    names = np.array(period_labels(starts, by), dtype=object)
    ratio = (table["numerator"] / table["denominator"]).to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "doc_id": table["doc_id"],
            "outlet": table["outlet"].astype(object).where(table["outlet"].notna(), "no outlet"),
            "period": np.where(ok, names, "no date"),
            "machine": ratio,
            "denominator": table["denominator"],
            "bin": _bins(ratio),
        }
    )


def _bins(ratio: Any) -> Any:
    """Thirds of the score, fewer where many have the same: 1 is the lowest."""
    edges = np.unique(np.quantile(ratio, np.arange(1, BINS) / BINS, method="lower"))
    return (
        np.searchsorted(edges, ratio, side="left" if (ratio == edges[0]).mean() > 1 / BINS else "right") + 1
    )


def _strata(frame: pd.DataFrame, spread: tuple[str, ...]) -> Any:
    columns = [frame[{"score": "bin"}.get(s, s)].astype(str) for s in spread]
    if not columns:
        return "all"
    joined = columns[0]
    for column in columns[1:]:
        joined = joined + " | " + column
    return joined


def _draw(frame: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Draw within strata, by the rank of a hash of each article."""
    sizes = frame.groupby("stratum").size().sort_index()
    if len(sizes) > n:
        raise InputError(
            message(
                f"There are {len(sizes):,} strata for {n:,} units, and each needs one", got=n,
                expected=f"at least {len(sizes):,}", hint="Take more units, longer periods (`by`), or fewer `strata`.",
            )
        )  # fmt: skip
    share = allocate(sizes.to_numpy(), n)
    order = [blake2b(f"{seed}|coding|{d}".encode(), digest_size=8).hexdigest() for d in frame["doc_id"]]
    ranked = frame.assign(order=order).sort_values(["stratum", "order"], kind="stable")
    place = ranked.groupby("stratum").cumcount().to_numpy()
    take = dict(zip(sizes.index, share, strict=True))
    ranked["n_sampled"] = ranked["stratum"].map(take).astype(int)
    ranked["n_stratum"] = ranked["stratum"].map(sizes).astype(int)
    ranked["probability"] = ranked["n_sampled"] / ranked["n_stratum"]
    return ranked[place < ranked["n_sampled"].to_numpy()].drop(columns="order")


def allocate(sizes: Any, n: int) -> Any:
    """Units by stratum: one each, the rest by the roots of their sizes, no more than there are.

    >>> allocate(np.array([100, 25, 1]), 17).tolist()
    [11, 5, 1]
    """
    n = min(n, int(sizes.sum()))
    given = np.ones(len(sizes), dtype=np.int64)
    while given.sum() < n:
        room = given < sizes
        want = np.where(room, np.sqrt(sizes), 0.0)
        ideal = want / want.sum() * (n - given.sum())
        step = np.minimum(np.floor(ideal).astype(np.int64), sizes - given)
        if not step.any():  # fewer left than strata: to the largest remainders
            best = np.argsort(-np.where(room, ideal - given * 1e-9, -1), kind="stable")[
                : n - int(given.sum())
            ]
            step = np.zeros_like(given)
            step[best] = 1
        given = given + np.minimum(step, sizes - given)
    return given


def _in_blind_order(drawn: pd.DataFrame, seed: int) -> pd.DataFrame:
    order = [blake2b(f"{seed}|order|{d}".encode(), digest_size=8).hexdigest() for d in drawn["doc_id"]]
    return (
        drawn.assign(order=order)
        .sort_values("order", kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def _check_segments(m: Measurement, frame: pd.DataFrame, voice: Any, part: Any) -> None:
    """Refuse a sample of segments for a measurement that does not count them."""
    sizes = scope_sizes(corpus_of(m), voice, part)
    own = frame["doc_id"].map(sizes).fillna(0).to_numpy(dtype=float)
    wrong = int((own != frame["denominator"].to_numpy(dtype=float)).sum())
    if wrong > 0.01 * len(frame):  # an instrument may count a segment of signs alone, such as an emoticon
        raise SelectionError(
            message(
                f"The denominators of {m.label!r} are not its segments in scope ({wrong:,} articles differ)",
                expected='a measurement by segments, such as tone, and its own `voice` and `part`; or unit="article"',
            )
        )
