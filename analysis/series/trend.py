"""A line over time: any measurement by period and group, with what it rests on and what is lacking.

Not for tests: two points of a line differ by more than their intervals where neighbouring periods share events; use
`compare` and `breaks`.
"""

from analysis.result import Measurement, Result, Traced
from analysis.series.frame import frame_of
from analysis.series.line import TrendOptions, line_of, table_of
from analysis.series.notes import trend_notes
from analysis.series.scale import in_unit
from analysis.series.strata import check_standardise


def trend(
    m: Measurement,
    *,
    by: str,
    across: str | None = None,
    weight: str | None = None,
    stories: str = "all",
    inference: str | None = "this_period",
    level: float = 0.95,
    n_boot: int = 2000,
    seed: int = 1,
    standardise: str | None = None,
) -> Result:
    """Draw a measurement over time: the sum of its numerators by the sum of its denominators in each period.

    Parameters
    ----------
    m
        A Measurement that carries its corpus (`.attach(corpus)` after loading one). Where it has `draws`, other
        numerators that could have been measured, the intervals hold what they differ by too.
    by
        `day`, `week` (from Monday), `month`, `quarter`, `year`.
    across
        One line for each `outlet`, `agency`, `section`, `author`, `language` or value of a column of metadata.csv;
        without it one line, `all`.
    weight
        What is estimated: `word` (the default; long articles and big outlets dominate), `article` (mean of the
        articles' ratios), `outlet` (mean of the outlets' ratios; the default for `inference="outlets"`).
    stories
        `all` articles; only the `first` of each story within the group; or each by 1/m (`weight`), m the copies
        within period and group.
    inference
        What the interval is about. `this_period`: the stories of the period (rates and scores by a Poisson bootstrap
        whose weights belong to the stories; shares by their effective number). `process`: what the period would have
        been with other events, which days share with their neighbours. `outlets`: outlets at large, an equal-weight
        t over them (Ibragimov & Mueller 2010). None: no interval.
    level
        Of the interval, between 0 and 1.
    n_boot
        Draws, at least 99.
    seed
        Any whole number. New articles leave old weights as they were.
    standardise
        Whose mix is held fixed in the column `standardised`: `outlet` (also for None), `section`, `agency`, `language`.

    Returns
    -------
    Result
        kind `trend`; one row per group and period, groups in order of name, every period from the first to the last day
        of the corpus (or of its `where`):

        period
            first day, datetime64[us].
        group
            text; null for articles without the field.
        numerator, denominator
            weighted sums, float64; null where the period is not there.
        n_docs, n_stories
            articles and stories behind them, Int64.
        estimate, low, high
            numerator / denominator and its interval, float64, in the measurement's unit; null where there is none.
        status
            as in `coverage`, and `incomplete`: a pooled period that lacks an outlet, or days of one.
        standardised
            the line with the mix held fixed: over strata present in every period where they hold half of everything,
            else chained over neighbours' common ones; null without common support. float64.

    Raises
    ------
    InputError, UnknownNameError, SelectionError
        A wrong argument (the message names the nearest right one); no corpus; no dates in the range; volume of a
        selection.

    Notes
    -----
    A period that was not collected is null and a gap, never 0. Articles without a date, with a date too coarse for
    `by`, or on days not collected are left out, and counted in the notes.

    Cost: one pass over a few columns; then about 6 ns an article and draw (2,000 draws of 100,000 articles: 2 s), and
    memory for 2 million draws at a time.

    References: Chamandy et al. (2012) for Poisson weights; Efron & Tibshirani (1993), chapter 12; Ibragimov & Mueller
    (2010), JBES 28(4); Fay & Feuer (1997); Korn & Graubard (1998).
    """
    if (
        isinstance(m, Measurement)
        and m.kind == "volume"
        and m.params.get("count") == "stories"
        and stories == "all"
    ):
        stories = "first"
    options = TrendOptions(
        weight or ("outlet" if inference == "outlets" else "word"), stories, inference, level, n_boot, seed,
        standardise or "outlet",
    )  # fmt: skip
    field = check_standardise(options.standardise)
    frame = frame_of(m, by=by, across=across, fields=() if field == "outlet" else (field,))
    line = line_of(frame, options)
    return Result(
        kind="trend",
        table=in_unit(table_of(frame, line), m, "estimate", "low", "high", "standardised"),
        unit=m.unit,
        params={
            "measure": m.signature,
            "label": m.label,
            "by": by,
            "across": across,
            "weight": options.weight,
            "stories": options.stories,
            "inference": options.inference,
            "level": options.level,
            "n_boot": options.n_boot,
            "seed": options.seed,
            "standardise": options.standardise,
        },
        corpus_fingerprint=m.corpus_fingerprint,
        notes=trend_notes(frame, line, options),
        source=Traced(frame.corpus, m),
    )
