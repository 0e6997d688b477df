"""A measurement corrected by hand codes: on the coders' scale, unbiased, and again a measurement.

Not for telling how good a measure is (`validate`).
"""

import numpy as np
import pandas as pd

from analysis.coding.coders import CodedSheet
from analysis.coding.weights import probabilities
from analysis.errors import InputError, SelectionError, message
from analysis.result import Measurement
from analysis.series.source import corpus_of, fields_of
from analysis.stats.bootstrap import unit_keys
from analysis.stats.pseudo import cross_fitted, folds_of, pseudo_outcomes

FEWEST = 20


def corrected(m: Measurement, coded: CodedSheet, *, label: str | None = None) -> Measurement:
    """Correct a measurement by a coded sample.

    Parameters
    ----------
    m
        The measurement the sample was drawn for, or another of the same articles (by the same units).
    coded
        At least 20 coded units among the articles of `m`.
    label
        For legends; default that of `m` with "(corrected)".

    Returns
    -------
    Measurement
        kind `corrected`; its ratio is the mean code people would give (a tone on the codes' scale, a share). The
        numerators of single articles may be negative or large; sums over articles, as in `trend` and `compare`, are
        what they are for.

    Raises
    ------
    InputError, SelectionError
        Not a measurement or a coded sheet; too few coded units among its articles; denominators that are not segments
        where segments were coded.

    Notes
    -----
    Each article gets what its code is predicted to be from the measurement (a line fitted to coded units of other
    stories), and a coded one also the prediction's error by its chance of being drawn. That is unbiased for the mean
    code in every period and outlet however the measure errs there, while one correction for all periods is wrong where
    errors change. The price is wider intervals: they hold what the sample can say.

    References: Egami, Hinck, Stewart & Wei (2023).
    """
    given: tuple[object, object] = (m, coded)
    if not isinstance(given[0], Measurement) or not isinstance(given[1], CodedSheet):
        got = f"{type(m).__name__}, {type(coded).__name__}"
        raise InputError(
            message("This cannot be corrected", got=got, expected="a Measurement and a CodedSheet")
        )
    if m.kind == "volume":
        raise SelectionError(message("Volume has no denominator by article", got=m.label))
    sheet = coded.sheet
    by_segment = sheet.params["unit"] == "segment"
    chance, notes = probabilities(coded)
    table = m.table
    n = table["denominator"].to_numpy(dtype=np.float64)
    ratio = np.divide(table["numerator"].to_numpy(dtype=np.float64), n, out=np.zeros(n.size), where=n > 0)
    place = pd.Series(np.arange(len(table)), index=table["doc_id"].astype(object))
    at = place.reindex(sheet.design["doc_id"].astype(object)).to_numpy(dtype=float)
    use = coded.coded & np.isfinite(at)
    if int(use.sum()) < FEWEST:
        raise SelectionError(
            message(
                f"{int(use.sum()):,} coded units are among the articles of {m.label!r}", expected=f"at least {FEWEST}",
                hint="Code more, or correct the measurement of the whole corpus.",
            )
        )  # fmt: skip
    row = at[use].astype(np.int64)
    given = sheet.design["denominator"].to_numpy(dtype=np.float64)[use]
    if by_segment and (n[row] != given).any():
        raise SelectionError(
            message(
                f"The denominators of {m.label!r} are not the segments that were coded",
                expected="the same scope",
            )
        )
    y, p = np.full(n.size, np.nan), np.full(n.size, np.nan)
    y[row] = coded.value[use]
    p[row] = chance[use]
    stories = fields_of(corpus_of(m), []).set_index("doc_id")["story_id"]
    keys = unit_keys(stories.reindex(table["doc_id"]).astype(str).tolist())
    predicted = cross_fitted(ratio, y, p, folds_of(keys))
    if by_segment:  # one of n segments was coded: its error stands for theirs, and p has the 1 / n already
        own = np.where(np.isfinite(y), pseudo_outcomes(predicted, y, p) - predicted, 0.0)
        numerator = predicted * n + own
    else:
        numerator = pseudo_outcomes(predicted, y, p) * n
    if m.signature != sheet.measure:
        notes = (*notes, "The sample was drawn for another measurement of these articles.")
    return Measurement(
        kind="corrected",
        label=label or f"{m.label} (corrected)",
        unit="mean code",
        table=pd.DataFrame({"doc_id": table["doc_id"], "numerator": numerator, "denominator": n}),
        params={"of": m.signature, "sample": sheet.key, "coders": list(coded.coders), "resolve": coded.resolve,
                "codes": [f"{k} = {v:g}" for k, v in sheet.codes.items()], "n_coded": int(use.sum())},
        corpus_fingerprint=m.corpus_fingerprint,
        source=m.source,
        notes=(
            f"Corrected by {int(use.sum()):,} hand-coded {sheet.params['unit']}s; the scale is that of the codes.",
            *coded.notes, *notes,
        ),
    )  # fmt: skip
