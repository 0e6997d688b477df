"""`denominators.csv`, the user's own: how many articles an outlet published in all, found or not.

For corpora that a search made, or somebody's choice: without it nobody can say what part of the press they are. Not for
guessing: a row that does not fit is named and stops the work.
"""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.corpus.outlets import outlet_key
from analysis.corpus.userfile import rows_of
from analysis.errors import InputError, message
from analysis.fingerprint import canonical_json, content_hash
from analysis.periods import since_date, until_date

NAME = "denominators.csv"
COLUMNS = ("outlet", "period", "articles")
_MOST = 10_000_000
_ALIKE = 0.85  # as similar as this, and it is a slip of the pen


class Published(NamedTuple):
    """Articles published, one entry a row of the file, by outlet and time; no day of an outlet is in two rows.

    Attributes
    ----------
    outlet
        str: as in the file, or as in the corpus once `settled`.
    since, until
        datetime64[D]: first and last day.
    articles
        int64: articles published in all.
    line
        int64: of the file.
    """

    outlet: npt.NDArray[np.object_]
    since: npt.NDArray[np.datetime64]
    until: npt.NDArray[np.datetime64]
    articles: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits for what it says."""
        said = [[str(v) for v in column] for column in self[:4]]
        return content_hash(canonical_json(said)).hex()[:12]


def read_published(folder: Path) -> Published | None:
    """Read the file of a corpus folder; None where there is none.

    Raises
    ------
    InputError
        With the line of a row that does not fit, or the two lines that speak of the same days.
    """
    place = folder / NAME
    rows = rows_of(place, ("outlet", "articles"))
    if not place.is_file():
        return None
    if not rows:
        raise InputError(message(f"{NAME} has no rows", expected="lines such as: Dawn,2025-01,2412"))
    when = "period" if "period" in rows[0] else "day"
    if when not in rows[0]:
        raise InputError(message(f"{NAME} lacks a column", got=list(rows[0]), expected=", ".join(COLUMNS)))
    read = sorted(
        (_read(row, when, line) for line, row in enumerate(rows, 2)), key=lambda r: (outlet_key(r[0]), r[1])
    )
    for one, two in pairwise(read):
        if outlet_key(one[0]) == outlet_key(two[0]) and two[1] <= one[2]:
            lines = sorted((one[4], two[4]))
            raise InputError(
                message(
                    f"{NAME} lines {lines[0]} and {lines[1]} speak of the same days of {one[0]!r}",
                    hint="Keep one of them.",
                )
            )
    outlet, since, until, articles, line = zip(*read, strict=True)
    names = np.empty(len(read), dtype=object)
    names[:] = outlet
    return Published(
        names, np.array(since, dtype="datetime64[D]"), np.array(until, dtype="datetime64[D]"),
        np.array(articles, dtype=np.int64), np.array(line, dtype=np.int64),
    )  # fmt: skip


def settled(published: Published, spellings: Mapping[str, str]) -> Published:
    """Give outlets the names they have in the corpus.

    Parameters
    ----------
    published
        As read.
    spellings
        Folded spelling to name, of every outlet of the corpus.

    Raises
    ------
    InputError
        A name that is no outlet of the corpus but nearly one: a slip of the pen must not become an outlet.
    """
    names = published.outlet.copy()
    for i, name in enumerate(names):
        known = spellings.get(outlet_key(name))
        if known is None:
            near = get_close_matches(name.casefold(), list(spellings), n=1, cutoff=_ALIKE)
            if near:
                raise InputError(
                    message(
                        f"{NAME} line {published.line[i]}: the corpus has no such outlet",
                        got=name,
                        expected="one of " + ", ".join(sorted(set(spellings.values()))[:30]),
                        hint=f"Did you mean {spellings[near[0]]!r}?",
                    )
                )
        names[i] = known or name
    return published._replace(outlet=names)


def _read(row: Mapping[str, str], when: str, line: int) -> tuple[str, date, date, int, int]:
    outlet, period, number = (row[n].strip() for n in ("outlet", when, "articles"))
    if not outlet:
        raise InputError(message(f"{NAME} line {line}: `outlet` is empty", expected="the name of an outlet"))
    try:
        since, until = since_date(period), until_date(period)
    except InputError as error:
        raise InputError(f"{NAME} line {line}: {str(error).replace('`since`', f'`{when}`')}") from error
    if not number.isascii() or not number.isdigit() or int(number) > _MOST:
        raise InputError(
            message(
                f"{NAME} line {line}: `articles`",
                got=number,
                expected="a whole number from 0, without separators",
            )
        )
    return outlet, since, until, int(number), line
