"""Write the demo corpus: plan, articles, raw files outlet by outlet, `corpus.toml`, and `truth.json`.

Memory is bounded by the plan (a few numbers an article) and one outlet's files of one month.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np

from analysis.corpus.demo import world
from analysis.corpus.demo.articles import article
from analysis.corpus.demo.dirt import page, pasted, soil
from analysis.corpus.demo.draw import Draw
from analysis.corpus.demo.formats import Row, line_of, named, write
from analysis.corpus.demo.plan import Plan, Settings, day_number, days, make_plan
from analysis.corpus.demo.truth import Truth
from analysis.errors import InputError, message

_DIRT, _BAD = 5, 6
_SPARE = 9_000_000  # numbers in links that no article has
_CP1252_OUTLET, _NO_TEXT, _BROKEN, _RAGGED, _EMPTY = 5, 4, 0, 1, 3


@dataclass(frozen=True)
class DemoSummary:
    """What was written: counts a reader of the corpus should arrive at (see `truth.json` for all of them)."""

    folder: str
    articles: int
    duplicates: int
    rejects: int
    records: int
    files: int


def build_demo(folder: Path, *, articles: int = 3000, seed: int = 1, null: bool = False) -> DemoSummary:
    """Write the demo corpus into a folder.

    Parameters
    ----------
    folder
        A new or empty folder, made where needed.
    articles
        About how many distinct articles, 300 to 300,000.
    seed
        The seed; the same arguments give the same bytes.
    null
        Make the twin without break, seeming rise, shift of tone or drift of quotation.

    Returns
    -------
    DemoSummary
        Counts of what was written.

    Raises
    ------
    InputError
        Where `articles` is out of range or the folder holds something already.
    """
    if not 300 <= articles <= 300_000:
        raise InputError(message("`articles`", got=articles, expected="a number from 300 to 300,000"))
    return _build(Path(folder), Settings(articles, seed, null))


def build_sample(folder: Path) -> DemoSummary:
    """Write the small sample that is committed as `corpus/sample`: about sixty files, every format."""
    return _build(Path(folder), Settings(125, 1, False, by="two months", max_pages=30))


def _build(folder: Path, settings: Settings) -> DemoSummary:
    """Write everything."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(
            message("the folder for the demo is not empty", got=str(folder), hint="Name a new folder.")
        )
    folder.mkdir(parents=True, exist_ok=True)
    plan = make_plan(settings)
    (folder / "corpus.toml").write_text(_config(), encoding="utf-8", newline="\n")
    with Truth(folder / "truth.json", settings, plan) as truth:
        for o in range(len(world.OUTLETS)):
            _write_outlet(folder, settings, plan, o, truth)
        totals = truth.totals()
    return DemoSummary(folder=str(folder), **totals)


def _period(day: date, by: str) -> str:
    """Name the file an article's record goes to."""
    return f"{day:%Y-%m}" if by == "month" else f"{day.year}-{(day.month - 1) // 2 * 2 + 1:02d}"


def _write_outlet(folder: Path, settings: Settings, plan: Plan, o: int, truth: Truth) -> None:
    """Write one outlet's files, a period at a time."""
    outlet = world.OUTLETS[o]
    home = folder / ("agencies" if outlet.short else "papers") / outlet.host.partition(".")[0]
    rows = np.flatnonzero(plan.outlet == o).tolist()
    calendar = days()
    pages = outlet.formats[0] in ("html", "txt")
    share = min(0.6 if settings.by == "month" else 0.95, settings.max_pages / max(len(rows), 1))
    sticky: Row | None = None
    bad = max(1, settings.articles // 1000)
    for i, (period, group) in enumerate(
        groupby(rows, lambda r: _period(calendar[int(plan.day[r])], settings.by))
    ):
        table: list[Row] = []
        format_ = outlet.formats[-1] if pages else outlet.formats[0]
        if o == _CP1252_OUTLET and i == 2:
            format_ = outlet.formats[1]
        path = home / period[:4] / f"{period}.{format_}"
        for row in group:
            draw = Draw(settings.seed, _DIRT, row)
            made = article(plan, settings, row)
            fields = soil(draw, made)
            if pages and draw.chance(share):
                single = _page_path(home, outlet, made.day, row)
                single.parent.mkdir(parents=True, exist_ok=True)
                text = page(made, fields) if outlet.formats[0] == "html" else pasted(draw, made)
                single.write_text(text, encoding="utf-8", newline="\n")
                truth.add(made.truth, fields.flags, single)
            else:
                table.append(named(fields, format_))
                truth.add(made.truth, fields.flags, path)
        if not table:
            continue
        sticky = _write_table(
            path,
            table,
            truth,
            draw=Draw(settings.seed, _BAD, o, i),
            first=i == 1,
            sticky=sticky,
            o=o,
            bad=bad,
        )
    if o == _EMPTY:
        truth.empty_file(home / "empty.txt")


def _page_path(home: Path, outlet: world.Outlet, day: date, row: int) -> Path:
    """Name the file of a single page: pasted texts under their outlet's name, for `[paths]`."""
    if outlet.formats[0] == "txt":
        return home.parent.parent / "pasted" / outlet.name / f"{day.isoformat()}-{1_000_000 + row}.txt"
    return home / str(day.year) / "pages" / f"{day:%m-%d}-{1_000_000 + row}.html"


def _write_table(
    path: Path,
    table: list[Row],
    truth: Truth,
    *,
    draw: Draw,
    first: bool,
    sticky: Row | None,
    o: int,
    bad: int,
) -> Row | None:
    """Write one table of records with its repeats and bad records; return the one that later files repeat."""
    own = table[0]
    link = next(k for k in own if k in ("link", "url", "URL"))
    if o == _BROKEN and sticky is not None:  # a page that the crawler met again and again
        times = max(1, len(table) // 30)
        table[len(table) // 2 : len(table) // 2] = [sticky] * times
        truth.duplicate(sticky[link], times, path)
    if o in (0, 4, 6) and len(table) > 2:
        again = draw.pick(table[:-1])
        table.append(again)
        truth.duplicate(again[link], 1, path)
    extra: list[str] = []
    if first and o == _BROKEN:
        extra = [line_of(draw.pick(table))[: draw.between(60, 200)] + "\n" for _ in range(bad)]
        truth.reject("bad_json", bad, path)
    elif first and o == _RAGGED:
        extra = [f"A row that lost its columns,{path.stem}\n" for _ in range(bad)]
        truth.reject("ragged_row", bad, path)
    elif first and o == _NO_TEXT:
        text = "article"
        bare = {k: "" if k in (text, "summary") else v for k, v in own.items()}
        table += [
            bare | {link: f"{own[link].partition('/news/')[0]}/news/{_SPARE + i}/no-text"} for i in range(bad)
        ]
        truth.reject("no_text", bad, path)
    encoding = "cp1252" if path.suffix == ".csv" and o == _CP1252_OUTLET else "utf-8"
    if encoding != "utf-8":
        truth.encoded(len(table), path)
    write(path, table, extra=tuple(extra), encoding=encoding)
    return sticky or own


def _config() -> str:
    """Write what a collector would say about this corpus."""
    lines = ['selection = "census"', "", "[outlets]"]
    lines += [f'"{o.alias}" = "{o.name}"' for o in world.OUTLETS if o.alias]
    lines += ["", "[paths]", 'pattern = ["pasted/{outlet}/*"]', "", "[zones]"]
    lines += [f'"{o.name}" = "{world.ZONE}"' for o in world.OUTLETS]
    lines += ["", "[date_order]", f'"{world.OUTLETS[1].name}" = "dmy"']
    for outlet, since, until in windows():
        lines += ["", "[[windows]]", f'outlet = "{outlet}"', f"since = {since}", f"until = {until}"]
    return "\n".join(lines) + "\n"


def windows() -> Iterator[tuple[str, date, date]]:
    """List the spans in which each outlet was collected."""
    calendar = days()
    for o, outlet in enumerate(world.OUTLETS):
        if o == world.MISSING_OUTLET:
            yield outlet.name, world.START, calendar[day_number(world.MISSING_WEEK[0]) - 1]
            yield outlet.name, calendar[day_number(world.MISSING_WEEK[1]) + 1], world.END
        elif o == world.JOINING:
            yield outlet.name, world.JOIN, world.END
        elif o == world.LEAVING:
            yield outlet.name, world.START, world.LEAVE
        else:
            yield outlet.name, world.START, world.END
