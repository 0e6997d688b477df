"""Everything that was tested, in one table, with what is left of it when the number of looks is paid for.

Pure: it reads results and computes nothing new about the corpus. Not for choosing what to report: give it all results
that were looked at, those that showed nothing too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis._version import __version__
from analysis.errors import InputError, UnknownNameError, message
from analysis.fingerprint import content_hash
from analysis.result import Result
from analysis.stats.checks import share
from analysis.stats.multiple import benjamini_bogomolov, benjamini_hochberg, holm

_WHAT = ("contrast", "term", "group", "speaker", "topic", "stratum", "date", "name")
_EFFECT = ("difference", "effect", "estimate", "log_ratio", "statistic")
COLUMNS = (
    "family", "role", "kind", "label", "what", "effect", "low", "high", "p", "q_within", "q", "p_holm", "found",
    "signature",
)  # fmt: skip

Given = Iterable[Result] | Mapping[str, Iterable[Result] | Result]


def claims(results: Given, *, level: float = 0.05, confirmatory: Sequence[Result | str] = ()) -> Result:
    """Collect what was tested and hold the false discovery rate over all of it.

    Parameters
    ----------
    results
        Results with a column `p` (`compare`, `breaks`, `keyness`...); others are named in the notes and test nothing.
        A list: every result is a family (a keyness vocabulary is one). A mapping: families by name, each a result or
        several. The same result twice counts once.
    level
        The rate to hold, between 0 and 1.
    confirmatory
        Results (or their signatures) that were announced before the data were seen, as in a report's specification.
        They are taken out of the families, and Holm's procedure holds the chance of any false one among them.

    Returns
    -------
    Result
        kind `claims`, one row a test, in the order given:

        family, role, kind, label, what
            text: the family; `confirmatory` or `exploratory`; what made it; what was measured; which row of it
            (term, group, date of a break; null where a result has one row and no date).
        effect, low, high, p
            float64, as in the result; null where it has none, as the low and high of a break, which are
            dates. A null p was not tested and counts for nothing.
        q_within
            Benjamini-Hochberg within the family; exploratory only.
        q
            within and across families (Benjamini & Bogomolov 2014); null in a family that was not selected.
        p_holm
            Holm's adjusted p; confirmatory only.
        found
            bool: q (or p_holm) at most `level`.
        signature
            of the result.

    Raises
    ------
    InputError
        No result, something that is none, or a p outside 0 to 1.
    UnknownNameError
        A confirmatory result is not among those given.

    References
    ----------
    Benjamini & Hochberg (1995); Benjamini & Bogomolov (2014), JRSS B 76(1); Holm (1979).
    """
    limit = share("level", level)
    families = _families(results)
    announced = {r.signature if isinstance(r, Result) else str(r) for r in confirmatory}
    known = {r.signature for _, members in families for r in members}
    for signature in sorted(announced - known):
        raise UnknownNameError(
            message(
                "A confirmatory result is not among those given", got=signature, expected="one of the results"
            )
        )
    frames = [
        _rows(name, r, announced) for name, members in families for r in members if "p" in r.table.columns
    ]
    without = [r.kind for _, members in families for r in members if "p" not in r.table.columns]
    table = pd.concat(frames, ignore_index=True) if frames else _empty()
    table = _adjusted(table, limit)
    prints = sorted({r.corpus_fingerprint for _, members in families for r in members})
    return Result(
        kind="claims",
        table=table,
        unit="tests",
        params={"level": level, "confirmatory": sorted(announced), "results": sorted(known)},
        corpus_fingerprint=prints[0] if len(prints) == 1 else content_hash(*prints).hex(),
        notes=_notes(table, limit, without, len(prints)),
        version=__version__,
    )


def _families(results: Given) -> list[tuple[str, list[Result]]]:
    """Name the families and leave out what is given twice."""
    if isinstance(results, Result):
        raise InputError(message("`results` is one result", got=results.kind, expected="a list of them"))
    if isinstance(results, Mapping):
        named = [(str(k), [v] if isinstance(v, Result) else list(v)) for k, v in results.items()]
    elif isinstance(results, Iterable):
        named = [("", [r]) for r in results]
    else:
        raise InputError(
            message("`results` is no list", got=type(results).__name__, expected="a list of results")
        )
    seen: set[str] = set()
    out: list[tuple[str, list[Result]]] = []
    for name, members in named:
        kept = []
        for r in members:
            if not isinstance(r, Result):
                raise InputError(
                    message(
                        "Not a result", got=type(r).__name__, expected="what `compare` and the like return"
                    )
                )
            if r.signature not in seen:
                seen.add(r.signature)
                kept.append(r)
        if kept:
            out.append((name or f"{len(out) + 1} {kept[0].kind}", kept))
    if not out:
        raise InputError(message("There is no result", expected="at least one"))
    return out


def _rows(family: str, r: Result, announced: set[str]) -> pd.DataFrame:
    table, n = r.table, len(r.table)

    def numbers(names: Sequence[str]) -> Any:
        name = next((c for c in names if c in table.columns), None)
        if name is not None and pd.api.types.is_datetime64_any_dtype(table[name]):
            name = None  # the interval of a date is none of the effect
        return np.full(n, np.nan) if name is None else table[name].to_numpy(dtype=np.float64, na_value=np.nan)

    return pd.DataFrame(
        {
            "family": family,
            "role": "confirmatory" if r.signature in announced else "exploratory",
            "kind": r.kind,
            "label": str(r.params.get("label") or r.kind),
            "what": _what(table),
            "effect": numbers(_EFFECT),
            "low": numbers(("low",)),
            "high": numbers(("high",)),
            "p": numbers(("p",)),
            "signature": r.signature,
        }
    )


def _what(table: pd.DataFrame) -> list[str | None]:
    """Say which row of its result each test is."""
    if "break" in table.columns:
        return _dates(table)
    name = next((c for c in _WHAT if c in table.columns), None)
    if name is None or len(table) == 1:
        return [None] * len(table)
    return [None if pd.isna(v) else str(v) for v in table[name]]


def _dates(table: pd.DataFrame) -> list[str | None]:
    """Say when each break was, and in which group where there are several."""
    several = "group" in table.columns and table["group"].nunique() > 1
    days = [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in table["break"]]
    if not several:
        return list(days)
    return [str(g) if day is None else f"{g}, {day}" for g, day in zip(table["group"], days, strict=True)]


def _adjusted(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add what is left after paying for the looks."""
    p = table["p"].to_numpy(dtype=np.float64)
    explore = (table["role"] == "exploratory").to_numpy()
    within, across, sure = (np.full(len(table), np.nan) for _ in range(3))
    names = table["family"].to_numpy()
    places = [np.flatnonzero(explore & (names == f)) for f in dict.fromkeys(names[explore])]
    for at in places:
        within[at] = benjamini_hochberg(p[at])
    if places:
        for at, q in zip(
            places, benjamini_bogomolov([p[at] for at in places], level=level).adjusted, strict=True
        ):
            across[at] = q
    if (~explore).any():
        sure[~explore] = holm(p[~explore])
    with np.errstate(invalid="ignore"):
        found = np.where(explore, across, sure) <= level
    table = table.assign(q_within=within, q=across, p_holm=sure, found=found)
    return table[list(COLUMNS)]


def _empty() -> pd.DataFrame:
    text = ("family", "role", "kind", "label", "what", "signature")
    return pd.DataFrame({c: pd.Series(dtype="str" if c in text else "float64") for c in COLUMNS})


def _notes(table: pd.DataFrame, level: float, without: list[str], n_corpora: int) -> tuple[str, ...]:
    tested = table[table["p"].notna()]
    explore = tested[tested["role"] == "exploratory"]
    sure = tested[tested["role"] == "confirmatory"]
    notes = []
    if len(explore):
        found, families = int(explore["found"].sum()), explore["family"].nunique()
        notes.append(
            f"Exploratory: {len(explore):,} tests in {families:,} families, {found:,} found, with the false discovery "
            f"rate held at {level:g} within selected families and across them (Benjamini & Bogomolov 2014)."
        )
    if len(sure):
        found = int(sure["found"].sum())
        notes.append(
            f"Confirmatory: {len(sure):,} tests, {found:,} found, with the chance of any false one held at {level:g} "
            "(Holm 1979)."
        )
    if not len(tested):
        notes.append("Nothing was tested: no result has a p.")
    if without:
        notes.append(f"{len(without):,} results test nothing: {', '.join(dict.fromkeys(without))}.")
    if n_corpora > 1:
        notes.append(f"The results are of {n_corpora:,} different selections of articles.")
    return tuple(notes)
