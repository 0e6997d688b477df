"""The split of a change into within, mix, entry and exit, for a measurement and two sides.

Not a test: whether the change is more than chance is asked with `compare`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, choose, message
from analysis.result import Measurement, Result, Traced
from analysis.series.notes import split_notes
from analysis.series.scale import in_unit
from analysis.series.sides import Side, check_side
from analysis.series.source import corpus_of
from analysis.series.split import Split, split
from analysis.series.split_sums import Sums, of_field, of_parts
from analysis.stats.bootstrap import poisson_weights, unit_keys
from analysis.stats.checks import Floats, share, whole

PARTS = ("within", "mix", "entry", "exit")
_BLOCK = 50  # draws held at a time


def composition(
    m: Measurement | Mapping[str, Measurement],
    *,
    target: Side,
    reference: Side,
    over: str = "outlet",
    weight: str = "word",
    level: float = 0.95,
    n_boot: int = 500,
    seed: int = 1,
) -> Result:
    """Split the difference between two sides into change within strata, their mix, and strata that come and go.

    Parameters
    ----------
    m
        A Measurement; or several by name whose numerators and denominators add up, such as the tone of each voice
        `{"narration": ..., "quotation": ...}`: then the names are the strata.
    target, reference
        Conditions as of `Corpus.where`, such as `{"since": "2025-01-01"}` and `{"until": "2024-12-31"}`.
    over
        `outlet`, `section`, `agency`, `language` or `author`; `voice` (or any word) with several measurements.
    weight
        `word`: ratio of sums; `article`: mean of the articles' ratios.
    level, n_boot, seed
        Of the intervals about this period (stories resampled, normal); at least 99 draws.

    Returns
    -------
    Result
        kind `composition`; rows: first the whole, component by component, then every stratum.

        component
            `change`, `within`, `mix`, `entry`, `exit`.
        stratum
            text; null for the whole.
        effect, low, high
            float64, in the measurement's unit; the four components add up to the change, and the strata of a
            component to it, exactly. Null without common support. Intervals for the whole only.
        share_reference, share_target
            of the denominators, 0 to 1; null for the whole.
        ratio_reference, ratio_target
            of the stratum, or of the whole on the rows of `change`; null where it has no denominator.

    Raises
    ------
    InputError, SelectionError
        As for `compare`; parts that are not of one corpus; volume over anything but outlets.

    Notes
    -----
    Formulas and references: `analysis.series.split`. For volume the denominators are outlet-days.
    """
    choose("weight", weight, ("word", "article"))
    share("level", level)
    whole("n_boot", n_boot, at_least=99)
    check_side("target", target)
    check_side("reference", reference)
    parts = dict(sorted(m.items())) if isinstance(m, Mapping) else None
    over = "part" if parts and over == "outlet" else over
    sums = of_parts(parts, target, reference) if parts else of_field(m, target, reference, over, weight)
    if parts and weight != "word":
        raise InputError(
            message("Several measurements add up by words only", got=weight, expected="weight='word'")
        )
    first = sums.measurement
    found = _split(sums, sums.by_stratum(np.ones(len(sums.story_ids))))
    errors = _errors(sums, n_boot, seed)
    table = _table(found, sums, errors, level)
    return Result(
        kind="composition",
        table=in_unit(table, first, "effect", "low", "high", "ratio_reference", "ratio_target"),
        unit=first.unit,
        params={
            "measure": {k: v.signature for k, v in parts.items()} if parts else first.signature,
            "label": first.label,
            "target": dict(target),
            "reference": dict(reference),
            "over": over,
            "weight": weight,
            "level": level,
            "n_boot": n_boot,
            "seed": seed,
        },
        corpus_fingerprint=first.corpus_fingerprint,
        notes=(
            *split_notes(found, sums.names, sums.in_both(), sums.n_uncollected, over, first.scale),
            *dict.fromkeys(note for part in (parts or {"": first}).values() for note in part.notes),
        ),
        source=Traced(corpus_of(first), parts or first),
    )


def _split(sums: Sums, values: Floats) -> Split:
    k = len(sums.names)
    return split(values[0, :k], values[1, :k], values[0, k:], values[1, k:])


def _errors(sums: Sums, n_boot: int, seed: int) -> dict[str, float]:
    """Standard errors of the five wholes, by resampling stories."""
    keys, k, rows = unit_keys(sums.story_ids), len(sums.names), []
    for first in range(0, n_boot, _BLOCK):
        n_draws = min(_BLOCK, n_boot - first)
        drawn = sums.by_stratum(poisson_weights(keys, n_draws, seed=seed, first=first))
        for d in range(n_draws):
            values = drawn[:, :, d]
            if values[1, :k].sum() > 0 and values[1, k:].sum() > 0:
                found = _split(sums, values)
                rows.append([found.change, *(float(np.sum(getattr(found, part))) for part in PARTS)])
    with np.errstate(invalid="ignore"):
        spread = np.std(np.array(rows), axis=0, ddof=1) if len(rows) > n_boot // 2 else np.full(5, np.nan)
    return dict(zip(("change", *PARTS), spread.tolist(), strict=True))


def _table(found: Split, sums: Sums, errors: Mapping[str, float], level: float) -> pd.DataFrame:
    from scipy.special import ndtri

    z, k = float(ndtri((1 + level) / 2)), len(sums.names)
    values = sums.by_stratum(np.ones(len(sums.story_ids)))
    n0, n1 = values[1, :k], values[1, k:]
    none = np.full(k, np.nan)
    r0, r1 = (
        np.divide(x, n, out=none.copy(), where=n > 0) for x, n in ((values[0, :k], n0), (values[0, k:], n1))
    )
    rows: list[tuple[Any, ...]] = []
    for part in ("change", *PARTS):
        effect = found.change if part == "change" else float(np.sum(getattr(found, part)))
        half = z * errors[part] if np.isfinite(effect) else np.nan
        ratios = (found.reference, found.target) if part == "change" else (np.nan, np.nan)
        rows.append((part, None, effect, effect - half, effect + half, np.nan, np.nan, *ratios))
    both = (n0 > 0) & (n1 > 0)
    shown = {"within": both, "mix": both, "entry": (n1 > 0) & ~both, "exit": (n0 > 0) & ~both}
    for part in PARTS:
        effects = getattr(found, part)
        rows += [
            (
                part,
                sums.names[i],
                effects[i],
                np.nan,
                np.nan,
                n0[i] / n0.sum(),
                n1[i] / n1.sum(),
                r0[i],
                r1[i],
            )
            for i in np.flatnonzero(shown[part]).tolist()
        ]
    names = [
        "component", "stratum", "effect", "low", "high", "share_reference", "share_target", "ratio_reference",
        "ratio_target",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    return table.astype(dict.fromkeys(names[2:], np.float64))
