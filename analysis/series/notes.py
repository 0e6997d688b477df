"""What a reader of a line must know, in sentences. Nothing is computed here that is not in the line already."""

from typing import TYPE_CHECKING

import numpy as np

from analysis.series.frame import Frame
from analysis.series.intervals import few_hits
from analysis.series.selection import base_selection
from analysis.series.split import Split
from analysis.stats.checks import Bools, Floats

if TYPE_CHECKING:
    from analysis.series.line import Line, TrendOptions

_LEFT_OUT = {
    "undated": "without a date",
    "coarse": "with a date too coarse for a {by}",
    "outside": "dated outside the calendar of their outlet",
    "not_collected": "dated to days that were not collected",
}
_SKEWED = 0.4  # standard error over mean
_TARGETS = {
    "this_period": "Intervals are about this period: its stories are resampled. They do not cover events that several "
    "stories share, nor outlets at large.",
    "process": "Intervals are about the process: days share events with their neighbours.",
    "outlets": "Intervals are about outlets at large: an equal-weight t over the outlets of a period.",
}


def trend_notes(frame: Frame, line: "Line", options: "TrendOptions") -> tuple[str, ...]:
    """Collect the sentences for one trend."""
    notes = [
        *frame.measurement.notes,
        *left_out(frame),
        *_lacking(line),
        *_intervals(
            line, options, 0 if frame.measurement.draws is None else frame.measurement.draws.shape[1]
        ),
        *_standard(frame, line, options),
    ]
    if frame.published is None and base_selection(frame.corpus) != "census":
        notes.append(
            f"The corpus is a {base_selection(frame.corpus)} selection: shares are of the articles at hand, not of the "
            "press, and gaps cannot be told from a lack of hits."
        )
    return tuple(notes)


def left_out(frame: Frame) -> list[str]:
    """Say what has no place in the line, and why."""
    parts = [f"{n:,} {_LEFT_OUT[why].format(by=frame.by)}" for why, n in frame.left_out.items() if n]
    total = sum(frame.left_out.values())
    return (
        [f"Left out of {len(frame.measurement):,} articles: {total:,} ({', '.join(parts)})."] if parts else []
    )


def _lacking(line: "Line") -> list[str]:
    found = [
        f"{int((line.status == s).sum()):,} {s}"
        for s in ("missing", "suspected_gap", "unknown", "partial", "incomplete")
        if (line.status == s).any()
    ]
    if not found:
        return []
    return [f"Not every period was wholly collected: {', '.join(found)} of {line.status.size:,} points."]


def _intervals(line: "Line", options: "TrendOptions", n_others: int) -> list[str]:
    if options.inference is None:
        return ["No intervals were asked for."]
    notes = [f"{_TARGETS[options.inference]} Level {options.level:g}."]
    if n_others:
        notes.append(
            f"Intervals hold the measuring too: {n_others:,} other measurements of the same articles (refit "
            "variability, where a topic was fitted anew) stand beside the resampling."
        )
    have = ~np.isnan(line.estimated.estimate)
    without = int((have & np.isnan(line.estimated.low)).sum())
    if without:
        why = {
            "this_period": "fewer than five stories, or no variation in them",
            "process": "a period of so few days cannot show how they hang together (months and longer can)",
            "outlets": "fewer than four outlets, or none with a hit",
        }[options.inference]
        notes.append(f"{without:,} of {int(have.sum()):,} estimates have no interval: {why}.")
    if options.inference == "outlets":
        modelled = line.estimated.method == 4
        if modelled.any():
            notes.append(
                f"In {int(modelled.sum()):,} periods a few outlets make most of the mean: there the interval is that "
                "of a beta-binomial model of outlets, which reaches far above the mean."
            )
        with np.errstate(invalid="ignore", divide="ignore"):
            skewed = line.estimated.error > _SKEWED * np.abs(line.estimated.estimate)
        skewed &= ~modelled & (line.estimated.method > 0)
        if skewed.any():
            notes.append(
                f"In {int(skewed.sum()):,} periods a few outlets make most of the mean: there intervals of rates "
                "cover less than their level (about .82 to .92 of a nominal .95 where the standard deviation of "
                "outlets is 1.4 to 2 times their mean)."
            )
    exact = int(few_hits(line.estimated.method).sum())
    if exact:
        notes.append(
            f"{exact:,} intervals are exact ones (Korn-Graubard for shares, gamma for rates), because few "
            "stories had a hit; they cover at least their level, and usually more."
        )
    return notes


def _standard(frame: Frame, line: "Line", options: "TrendOptions") -> list[str]:
    notes = []
    over = options.standardise
    for g, name in enumerate(frame.groups):
        standard = line.standard[g]
        if frame.across == over:
            continue
        label = "" if frame.across is None else f" of {name}"
        if standard.kind == "overlaps":
            notes.append(
                f"No fixed panel of {over}s holds half of the articles{label}: standardised through overlaps."
            )
        if standard.unsupported.any():
            starts = frame.cells.edges.starts[standard.unsupported]
            notes.append(
                f"No common support{label}: {len(starts):,} periods ({starts[0]} to {starts[-1]}) share no {over} with "
                "the others, and have no standardised value."
            )
        if standard.kind == "fixed" and over == "outlet":
            active = {int(o) for o in frame.outlets_of(g)}
            absent = [
                str(o) for i, o in enumerate(frame.calendar.outlets) if i in active and not standard.panel[i]
            ]
            if absent:
                notes.append(
                    f"The standardised line{label} rests on {int(standard.panel.sum())} of {len(active)} outlets; "
                    f"no common support in every period, and so not in it: {', '.join(absent[:12])}."
                )
        notes += _disagreement(
            line.estimated.estimate[g],
            line.estimated.error[g],
            standard.line,
            over,
            label,
            frame.measurement.scale,
        )
    return notes


def _disagreement(
    estimate: Floats, error: Floats, standard: Floats, over: str, label: str, scale: float
) -> list[str]:
    """Warn where the pooled line moves and the standardised one does not, or moves the other way."""
    both = ~np.isnan(estimate) & ~np.isnan(standard)
    if int(both.sum()) < 2:
        return []
    pooled, fixed = change(estimate, both), change(standard, both)
    noise = _noise(error, both)
    if abs(pooled) <= 1.96 * noise or abs(pooled) < 1e-12 or fixed * np.sign(pooled) >= 0.25 * abs(pooled):
        return []
    word = "rises" if pooled > 0 else "falls"
    other = (
        "moves the other way" if fixed * pooled < 0 and abs(fixed) > 0.02 * abs(pooled) else "hardly moves"
    )
    return [
        f"WARNING: the pooled line{label} {word} by {scale * abs(pooled):.3g} from first to last, but with the mix of "
        f"{over}s held fixed it {other} ({scale * fixed:+.3g}). The change is in what was collected or printed, not "
        f"within {over}s."
    ]


def change(values: Floats, kept: Bools) -> float:
    """The change from first to last period along the least-squares line."""
    at = np.flatnonzero(kept).astype(np.float64)
    centred = at - at.mean()
    slope = float(centred @ values[kept]) / float(centred @ centred)
    return slope * float(at[-1] - at[0])


def _noise(error: Floats, kept: Bools) -> float:
    """The standard error of that change, as far as stories explain it."""
    at = np.flatnonzero(kept).astype(np.float64)
    centred = at - at.mean()
    part = centred / float(centred @ centred) * float(at[-1] - at[0])
    return float(np.sqrt(np.nansum((part * error[kept]) ** 2)))


def split_notes(
    found: Split, names: tuple[str | None, ...], in_both: Bools, n_uncollected: int, over: str, scale: float
) -> tuple[str, ...]:
    """Say what a reader of a split must know."""
    word = over
    notes = [
        "Intervals are about this period: stories are resampled. They do not cover events or outlets at large."
    ]
    if not in_both.any():
        notes.append(
            f"No common support: no {word} is on both sides, so a change within {word}s cannot be told from a change "
            f"of {word}s. The split is null."
        )
        return tuple(notes)
    alone = [str(n) for n, both in zip(names, in_both, strict=True) if not both]
    if alone:
        notes.append(
            "On one side only, and so without common support: "
            f"{', '.join(alone[:12])}{' ...' if len(alone) > 12 else ''}."
        )
    within, change = float(found.within.sum()), found.change
    tiny = 1e-9 * max(abs(found.reference), abs(found.target), 1e-300)
    if abs(change) > tiny and within * np.sign(change) <= tiny:
        how = "moves the other way" if within * np.sign(change) < -tiny else "does not move"
        notes.append(
            f"WARNING: the pooled ratio changes by {scale * change:+.4g}, but within {word}s it {how} "
            f"({scale * within:+.4g}): the change is one of mix, not of what {word}s print."
        )
    elif abs(within) < 0.5 * abs(change):
        notes.append(f"Less than half of the change is within {word}s.")
    if n_uncollected:
        notes.append(f"{n_uncollected:,} articles dated to days that were not collected are left out.")
    return tuple(notes)
