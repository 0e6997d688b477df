"""How well a measurement agrees with hand codes: precision, recall, F1 and correlation, weighted by design.

Not for correcting it (`corrected`), and not for whether coders agree (`coder_agreement`): where they do not, no machine
can agree with them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.coders import CodedSheet
from analysis.coding.weights import probabilities
from analysis.errors import InputError, SelectionError, choose, message
from analysis.result import Measurement, Result
from analysis.stats.checks import Floats, share
from analysis.stats.weighted import correlation, weighted_share

ACROSS = ("outlet", "period")
COLUMNS = (
    "group", "code", "n_units", "n_coded", "n_machine", "precision", "precision_low", "precision_high", "recall",
    "recall_low", "recall_high", "f1", "f1_low", "f1_high", "correlation", "correlation_low", "correlation_high",
    "human_mean", "machine_mean",
)  # fmt: skip


def validate(
    m: Measurement,
    coded: CodedSheet,
    *,
    across: str | None = None,
    cuts: Sequence[float] | None = None,
    scores: Result | None = None,
    level: float = 0.95,
) -> Result:
    """Compare a measurement with hand codes.

    Parameters
    ----------
    m
        The measurement.
    coded
        Codes of units among its articles.
    across
        `outlet` or `period` (of the sample), for a row each; errors that differ over time are what bends trends.
    cuts
        Where the machine's values part into the codes, one fewer than codes, rising. Default: for two codes, above 0 is
        the higher; for three, -0.05 and 0.05 (Hutto & Gilbert 2014); else midway between the codes.
    scores
        For segments: the machine's score of each (`doc_id`, `segment`, `score`, as of `an.segments`). Without it a
        segment is compared with its article's value.
    level
        Of the intervals.

    Returns
    -------
    Result
        kind `validation`, one row a group and code: `group` (text; `all`), `code` (text), `n_units` (int64, coded
        units of
        the group), `n_coded`, `n_machine` (int64, with this code by people, by machine), `precision`, `recall`, `f1`
        with `_low` and `_high` (float64, null where nothing is so coded), `correlation` of scores and codes with its
        interval, `human_mean`, `machine_mean` (of the group, alike for all its codes).

    Notes
    -----
    Units weigh by the articles (or segments) they stand for. Precision, recall and F1 / (2 - F1) are shares: their
    intervals are Korn-Graubard's, with effective numbers; that of the correlation is Fisher's z with a linearised
    error.
    """
    given: tuple[object, object] = (m, coded)
    if not isinstance(given[0], Measurement) or not isinstance(given[1], CodedSheet):
        got = f"{type(m).__name__}, {type(coded).__name__}"
        raise InputError(
            message("These cannot be compared", got=got, expected="a Measurement and a CodedSheet")
        )
    if across is not None:
        choose("across", across, ACROSS)
    share("level", level)
    design = coded.sheet.design
    chance, notes = probabilities(coded)
    machine, said = _machine(m, coded, scores)
    use = coded.coded & np.isfinite(machine)
    if not use.any():
        raise SelectionError(message(f"No coded unit is among the articles of {m.label!r}"))
    names = sorted(coded.sheet.codes, key=lambda k: coded.sheet.codes[k])
    values = np.array([coded.sheet.codes[k] for k in names])
    bounds = _cuts(cuts, values)
    human_code = np.abs(coded.value[:, None] - values[None, :])
    human = np.where(use, np.nan_to_num(human_code, nan=0.0).argmin(axis=1), -1)
    by_machine = np.where(use, np.searchsorted(bounds, machine, side="left"), -1)
    group = (
        np.full(len(design), "all", dtype=object) if across is None else design[across].to_numpy(dtype=object)
    )
    rows: list[dict[str, Any]] = []
    for name in sorted(set(group[use])):
        own = use & (group == name)
        w = 1 / chance[own]
        r = correlation(machine[own], coded.value[own], w, level=level)
        means = {
            "human_mean": float(np.average(coded.value[own], weights=w)),
            "machine_mean": float(np.average(machine[own], weights=w)),
        }
        for k, code in enumerate(names):
            rows.append(
                {"group": name, "code": code, **_counts(human[own] == k, by_machine[own] == k, w, level),
                 "correlation": r.estimate, "correlation_low": r.low, "correlation_high": r.high, **means}
            )  # fmt: skip
    return Result(
        kind="validation",
        table=pd.DataFrame(rows)[list(COLUMNS)],
        unit="shares and correlations, weighted by design",
        params={
            "measure": m.signature,
            "sample": coded.sheet.key,
            "across": across,
            "cuts": bounds.tolist(),
            "level": level,
        },
        corpus_fingerprint=m.corpus_fingerprint,
        notes=(*coded.notes, *notes, *said),
    )


def _machine(m: Measurement, coded: CodedSheet, scores: Result | None) -> tuple[Floats, tuple[str, ...]]:
    """The machine's value of each unit, NaN where it has none."""
    design = coded.sheet.design
    if scores is not None:
        table = scores.table
        if not {"doc_id", "segment", "score"} <= set(table.columns):
            raise InputError(message("`scores` is no table of segments", expected="doc_id, segment, score"))
        if coded.sheet.params["unit"] != "segment":
            raise InputError(
                message("`scores` are of segments, and articles were coded", expected="no `scores`")
            )
        known = table.set_index(["doc_id", "segment"])["score"]
        key = pd.MultiIndex.from_arrays([design["doc_id"], design["segment"].astype("int64")])
        return known[~known.index.duplicated()].reindex(key).to_numpy(dtype=float), ()
    have = m.table[m.table["denominator"] > 0].set_index("doc_id")
    ratio = (have["numerator"] / have["denominator"]).reindex(design["doc_id"]).to_numpy(dtype=float)
    by_segment = coded.sheet.params["unit"] == "segment"
    return ratio, (
        "Segments are compared with the value of their article; `scores` would compare their own.",
    ) * by_segment


def _cuts(cuts: Sequence[float] | None, values: Floats) -> Floats:
    if cuts is None:
        usual = {2: np.array([0.0]), 3: np.array([-0.05, 0.05])}
        return usual.get(len(values), (values[1:] + values[:-1]) / 2)
    found = np.asarray(cuts, dtype=np.float64)
    if found.shape != (len(values) - 1,) or not np.isfinite(found).all() or (np.diff(found) <= 0).any():
        raise InputError(message("`cuts`", got=cuts, expected=f"{len(values) - 1} rising numbers"))
    return found


def _counts(human: Any, machine: Any, w: Floats, level: float) -> dict[str, Any]:
    """Precision, recall and F1 of one code."""
    both = human & machine
    precision = weighted_share(both[machine], w[machine], level=level)
    recall = weighted_share(both[human], w[human], level=level)
    either = human | machine
    jaccard = weighted_share(both[either], w[either], level=level)
    f1 = [2 * v / (1 + v) for v in jaccard]  # 2 TP / (2 TP + FP + FN) of TP / (TP + FP + FN)
    found: dict[str, Any] = {
        "n_units": len(w), "n_coded": int(human.sum()), "n_machine": int(machine.sum()),
    }  # fmt: skip
    for name, values in (("precision", precision), ("recall", recall), ("f1", f1)):
        found |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
    return found
