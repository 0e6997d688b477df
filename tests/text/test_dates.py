"""Dates of publication: every form is read rightly or flagged, in any order of the rows and on any day of the run."""

import ast
import gzip
import importlib
import json
import pkgutil
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import dates
from analysis.text.base import DateCandidate
from analysis.text.dates import OrderEvidence, choose, find_dates, find_printed_date, read_date, reading
from analysis.text.dates.calendars import date_to_solar, solar_days, solar_leap, solar_to_date
from analysis.text.dates.months import _GREGORIAN, _SOLAR, fold
from analysis.text.dates.relative import days_back
from tests.growth import finishes_on_a_million

CASES = json.loads((Path(__file__).parents[1] / "cases" / "dates.json").read_text(encoding="utf-8"))
MODULES = [
    importlib.import_module(f"analysis.text.dates.{m.name}") for m in pkgutil.iter_modules(dates.__path__)
]


def _read(case: dict[str, Any]) -> dates.DateReading:
    retrieved = date.fromisoformat(case["retrieved"]) if case["retrieved"] else None
    return read_date(case["text"], order=case["order"], zone=case["zone"], retrieved=retrieved)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"{c['text']}, {c['order']}, {c['zone']}, {c['retrieved']}"
)
def test_a_form_is_read_as_stated(case: dict[str, Any]) -> None:
    got = _read(case)
    assert got.published == (date.fromisoformat(case["published"]) if case["published"] else None)
    assert got.precision == case["precision"]
    assert (got.at and got.at.replace(microsecond=0)) == (case["at"] and datetime.fromisoformat(case["at"]))
    assert list(got.flags) == case["flags"]


def test_the_cases_are_as_many_as_promised_and_no_two_are_the_same() -> None:
    labels = [c["label"] for c in CASES]
    assert labels.count("made-up") >= 200
    assert labels.count("in-the-wild") >= 50
    assert len({(c["text"], c["order"], c["zone"], c["retrieved"]) for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", [c for c in CASES if c["precision"] == "day"], ids=lambda c: c["text"])
def test_a_date_found_in_a_line_reads_as_the_whole_string_does(case: dict[str, Any]) -> None:
    for _, _, shown in find_dates(case["text"])[:1]:
        if "date_updated" not in case["flags"] and "pdated" not in case["text"]:
            assert _read(case | {"text": shown}).published == date.fromisoformat(case["published"])


# --- calendars


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1300, 1, 1), date(1921, 3, 21)),
        ((1357, 11, 22), date(1979, 2, 11)),  # the day of the revolution in Iran
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1376, 1, 1), date(1997, 3, 21)),
        ((1379, 12, 30), date(2001, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1408, 12, 30), date(2030, 3, 20)),
    ],
)
def test_the_solar_hijri_day_is_the_published_one(solar: tuple[int, int, int], gregorian: date) -> None:
    assert solar_to_date(*solar) == gregorian
    assert date_to_solar(gregorian) == solar


def test_leap_years_are_the_published_ones() -> None:
    assert [y for y in range(1370, 1413) if solar_leap(y)] == [
        *(1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412),
    ]


def test_every_solar_hijri_day_of_150_years_comes_back_and_none_is_left_out() -> None:
    day = solar_to_date(1300, 1, 1)
    for year in range(1300, 1451):
        for month in range(1, 13):
            for number in range(1, solar_days(year, month) + 1):
                assert solar_to_date(year, month, number) == day
                assert date_to_solar(day) == (year, month, number)
                day += timedelta(1)


def test_no_name_is_two_months_of_one_calendar_or_of_two() -> None:
    seen: dict[str, tuple[str, int]] = {}
    for calendar, languages in (("gregorian", _GREGORIAN), ("solar", _SOLAR)):
        for language in languages:
            months = language.split("|")
            assert len(months) == 12
            for number, names in enumerate(months, 1):
                for name in names.split():
                    assert seen.setdefault(fold(name), (calendar, number)) == (calendar, number), name


# --- the day of the run and the order of the rows


class _NoClock:
    @classmethod
    def today(cls) -> NoReturn:
        raise AssertionError("the clock was read")

    @classmethod
    def now(cls, tz: object = None) -> NoReturn:
        raise AssertionError("the clock was read")


class _Date(_NoClock, date):
    pass


class _Datetime(_NoClock, datetime):
    pass


def test_no_reading_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in MODULES:
        for name, fake in (("date", _Date), ("datetime", _Datetime)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, fake)
    reading._read.cache_clear()
    for case in CASES:
        _read(case)
    reading._read.cache_clear()


def test_no_file_of_the_package_names_the_clock() -> None:
    for module in MODULES:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        called = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        assert not called & {"today", "now", "utcnow", "localtime", "gmtime", "time_ns", "monotonic"}, module


def _rows(seed: int) -> list[tuple[str, list[DateCandidate]]]:
    """Make records of three outlets, one day first, one month first, one that never tells."""
    draw = random.Random(seed)
    rows = []
    for i in range(120):
        day = date(2025, 1, 1) + timedelta(draw.randrange(360))
        outlet = ("north", "south", "west")[i % 3]
        if outlet == "west":
            day = day.replace(day=min(day.day, 12))
        shown = day.strftime("%m/%d/%Y" if outlet == "south" else "%d/%m/%Y")
        rows.append((outlet, [DateCandidate("page", "Updated 3 hours ago"), DateCandidate("listing", shown)]))
    return rows


def _chosen(rows: list[tuple[str, list[DateCandidate]]]) -> list[tuple[str, dates.Chosen]]:
    evidence: dict[str, OrderEvidence] = {}
    for outlet, candidates in rows:
        for candidate in candidates:
            evidence.setdefault(outlet, OrderEvidence()).add(candidate.text)
    orders = {outlet: e.decide() for outlet, e in evidence.items()}
    return [(o, choose(c, order=orders[o], retrieved=date(2026, 3, 1))) for o, c in rows]


@pytest.mark.parametrize("seed", [1, 2])
def test_chosen_dates_are_the_same_under_a_thousand_shuffles(seed: int) -> None:
    rows = _rows(seed)
    first = {id(c): chosen for (_, c), (_, chosen) in zip(rows, _chosen(rows), strict=True)}
    shuffle = random.Random(seed)
    for _ in range(500):
        shuffle.shuffle(rows)
        again = {id(c): chosen for (_, c), (_, chosen) in zip(rows, _chosen(rows), strict=True)}
        assert again == first
    assert sum(c.reading.published is not None for c in first.values()) > 80


def test_an_order_is_learned_from_one_sided_evidence_only() -> None:
    def learned(*texts: str) -> str | None:
        evidence = OrderEvidence()
        for text in texts:
            evidence.add(text)
        return evidence.decide()

    assert learned("13/05/2025", "04/05/2025") == "dmy"
    assert learned("05/13/2025") == "mdy"
    assert learned("04/05/2025") is None
    assert learned("13/05/2025", "05/13/2025") is None
    assert learned("45/05/2025", "2025-05-13") is None


def test_the_year_of_two_digits_is_told_by_what_hardly_varies() -> None:
    first, last = OrderEvidence(), OrderEvidence()
    for day in range(1, 29):
        first.add(f"25/03/{day:02d}")
        last.add(f"{day:02d}/03/25")
    assert (first.decide(), last.decide()) == ("ymd", "dmy")


def test_evidence_adds_up_in_any_order() -> None:
    a, b = OrderEvidence(), OrderEvidence()
    a.add("13/05/2025")
    b.add("05/13/25")
    assert a.merge(b) == b.merge(a)


# --- choosing


def test_the_most_trusted_date_is_taken_in_whatever_order_they_come() -> None:
    found = [
        DateCandidate("page", "Jan 4, 2025"),
        DateCandidate("listing", "Jan 3, 2025"),
        DateCandidate("published", "Jan 2, 2025"),
        DateCandidate("printed", "January 1st, 2025"),
    ]
    for n, source in enumerate(("page", "listing", "published", "printed"), 1):
        for some in (found[:n], found[n - 1 :: -1] if n > 1 else found[:1]):
            assert choose(some).source == source


def test_a_published_date_of_a_page_is_taken_before_an_updated_one() -> None:
    page = [DateCandidate("page", "Updated: May 9, 2024"), DateCandidate("page", "Published: May 3, 2024")]
    chosen = choose(page)
    assert (chosen.reading.published, chosen.flags) == (date(2024, 5, 3), ())


def test_dates_that_differ_by_more_than_a_day_are_flagged() -> None:
    pair = [DateCandidate("published", "2025-05-01"), DateCandidate("listing", "2025-05-02")]
    assert choose(pair).flags == ()
    assert choose([pair[0], DateCandidate("listing", "2025-05-03")]).flags == ("dates_disagree",)
    assert choose([pair[0], DateCandidate("listing", "May 2025")]).flags == ()
    assert choose([pair[0], DateCandidate("listing", "June 2025")]).flags == ("dates_disagree",)


def test_a_date_later_than_the_retrieval_is_passed_over() -> None:
    found = [DateCandidate("published", "2025-05-09"), DateCandidate("listing", "2025-05-01")]
    chosen = choose(found, retrieved=date(2025, 5, 2))
    assert (chosen.reading.published, chosen.source) == (date(2025, 5, 1), "listing")
    assert "date_future" in chosen.flags
    assert choose(found).reading.published == date(2025, 5, 9)


def test_a_relative_date_is_read_with_the_retrieval_only() -> None:
    found = [DateCandidate("page", "Posted 2 days ago")]
    assert choose(found).flags == ("date_relative_unanchored",)
    assert choose(found, retrieved=date(2025, 5, 3)).reading.published == date(2025, 5, 1)


def test_nothing_to_choose_from_is_no_date_and_no_flag() -> None:
    assert choose([]) == choose([DateCandidate("retrieved", "2025-01-01")])
    assert choose([]).reading.published is None


# --- lines of a page


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "By A. Writer on Monday, November 18th, 2019 at 11:08 a.m.",
            ["on Monday, November 18th, 2019 at 11:08 a.m."],
        ),
        (
            "Published: Nov. 19, 2019 Updated: Nov. 20, 2019",
            ["Published: Nov. 19, 2019", "Updated: Nov. 20, 2019"],
        ),
        ("کراچی: جمعرات، 2 جنوری 2025 کو", ["جمعرات، 2 جنوری 2025"]),
        ("3 comments 20/11/2019 / 11:54 am share", ["20/11/2019 / 11:54 am"]),
        ("iOS 13.2.22 and 10.0.0.12 and 1.2.3.2025", []),
        ("goals 2-1-19, phone 051-12-3456, https://example.org/2015/03/30/slug", []),
        ("12 people died in 2024, 300 in 2023", []),
        ("from March 3 to March 5", []),
        ("", []),
    ],
)
def test_full_dates_of_a_line_are_found_and_nothing_else(line: str, shown: list[str]) -> None:
    found = find_dates(line)
    assert [text for _, _, text in found] == shown
    assert [line[start:end] for start, end, _ in found] == shown


# --- footers

BODY = "The council met for an hour. It will meet again.\n\n"


@pytest.mark.parametrize(
    ("footer", "shown"),
    [
        ("Published in The Example, March 3rd, 2025", "March 3rd, 2025"),
        ("Published in The Example, March 3rd, 2025.", "March 3rd, 2025"),
        ("Published in The Example, Magazine, March 2nd, 2025", "March 2nd, 2025"),
        ("Published in The Example, Books & Authors, 2 March 2025", "2 March 2025"),
        ("Published in The Example, The Business and Finance Weekly, march 2nd, 2025", "march 2nd, 2025"),
        ("Published in The Example on Sunday, March 2, 2025", "March 2, 2025"),
        ("First published in The Example on 2nd March 2025.", "2nd March 2025"),
        ("(Published in the Example, 2 Mar 2025)", "2 Mar 2025"),
        ("This article was originally published in The Example on March 2, 2025.", "March 2, 2025"),
        ("This story appeared in the March 2, 2025 print edition.", "March 2, 2025"),
        ("PUBLISHED IN THE EXAMPLE, MARCH 2ND, 2025", "MARCH 2ND, 2025"),
        ("Published in The Example, February 31st, 2025", "February 31st, 2025"),
        ("Published in The Example, Marhc 2nd, 2025", "Marhc 2nd, 2025"),
        ("Published in The Example.", ""),
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nRead more\nFollow us\n" + "A headline from elsewhere\n" * 4])
def test_a_footer_is_found_with_its_date_also_before_leftovers(footer: str, shown: str, after: str) -> None:
    text = BODY + footer + after
    assert [(text[s:e], d) for s, e, d in find_printed_date(text)] == [(footer, shown)]


def test_a_footer_on_its_own_line_is_found_however_much_follows() -> None:
    text = BODY + "Published in The Example, March 3rd, 2025\n\n" + "Another headline\n" * 500
    assert [d for _, _, d in find_printed_date(text)] == ["March 3rd, 2025"]


@pytest.mark.parametrize(
    "text",
    [
        "It will meet again. Published in The Example, March 3rd, 2025",
        "It will meet again.\\n\\nPublished in The Example, March 3rd, 2025",
        "It will meet again Published in The Example, March 3rd, 2025",
        "It will meet again. Published in The Example, March 3rd, 2025 Read more Follow us",
    ],
)
def test_a_footer_within_a_line_is_found_where_it_can_be_nothing_else(text: str) -> None:
    assert [(text[s:e], d) for s, e, d in find_printed_date(text)] == [
        ("Published in The Example, March 3rd, 2025", "March 3rd, 2025")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Published in a journal on March 3, 2025, the study found nothing.",
        "Published in The Example, March 3rd, 2025, it caused a stir.",
        "She read a report published in The Example, March 3rd, 2025.",
        "The list was published on March 3, 2025, in two parts. " + "It was long. " * 40,
        "Published in 1999.",
        "They published in silence.",
    ],
)
def test_a_sentence_about_a_publication_is_no_footer(text: str) -> None:
    assert find_printed_date(text) == []


# --- on any string


_TEXT = st.text(st.characters(exclude_categories=[]), max_size=120) | st.text(
    st.sampled_from("0123456789۰۱۲٠١२ /-.,:|apmPMTZ+'janfebMay جنوری agodays\n年月日"), max_size=80
)


@settings(max_examples=400, deadline=None)
@given(_TEXT, st.sampled_from([None, "dmy", "mdy", "ymd"]), st.sampled_from([None, "Asia/Karachi"]))
def test_no_string_raises_and_a_date_comes_with_a_precision(
    text: str, order: str | None, zone: str | None
) -> None:
    got = read_date(text, order=order, zone=zone, retrieved=date(2025, 3, 1))
    assert (got.published is None) == (got.precision is None)
    assert got.published is not None or got.flags or not text.strip() or not text.isprintable()
    for start, end, shown in find_dates(text):
        assert text[start:end] == shown
    find_printed_date("Published in " + text)
    OrderEvidence().add(text)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1900, 2100),
    st.integers(0, 14),
    st.integers(0, 40),
    st.sampled_from(
        [
            "{y}-{m:02d}-{d:02d}",
            "{y:04d}{m:02d}{d:02d}",
            "{d}/{m}/{y}",
            "{d}.{m}.{y} 10:30",
            "{y}年{m}月{d}日",
        ]
    ),
)
def test_an_impossible_day_never_becomes_a_possible_one(year: int, month: int, day: int, form: str) -> None:
    text = form.format(y=year, m=month, d=day)
    got = read_date(text, order="dmy")
    try:
        assert got.published == date(year, month, day)
    except ValueError:
        assert got.published is None
        assert got.flags == ("date_impossible",)


@pytest.mark.parametrize("retrieved", [date.min, date.max])
@pytest.mark.parametrize(
    "text", ["2 days ago", "999 days ago", "200 years ago", "900 hours ago", "yesterday"]
)
def test_the_ends_of_the_calendar_do_not_raise(text: str, retrieved: date) -> None:
    read_date(text, retrieved=retrieved)


# --- growth


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1/1/",
        "12 jan ",
        "January 1 ",
        "2025 ",
        "10:30 ",
        "Published ",
        "Mon, ",
        " ",
        "-",
        "1 may 2025 ",
        "۲ جنوری ",
    ],
)
def test_finding_dates_takes_linear_time(unit: str) -> None:
    finishes_on_a_million(find_dates, unit)


@pytest.mark.parametrize(
    "unit", ["Published in ", "\nPublished in A, ", "Published in A, March 3, 2025 ", "(", "\\n", " "]
)
def test_finding_footers_takes_linear_time(unit: str) -> None:
    finishes_on_a_million(find_printed_date, unit)


@pytest.mark.parametrize("work", [read_date, days_back, OrderEvidence().add])
@pytest.mark.parametrize("unit", ["1/1/", "2 days ", "updated ", " "])
def test_reading_a_long_string_ends(work: Any, unit: str) -> None:
    finishes_on_a_million(work, unit)


# --- real records


def _contents(folder: Path) -> Iterator[tuple[str, str | None]]:
    for name in ("app-2025.jsonl.gz", "dawn-2025.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["content"] or "", record["date_published"]
    table = pq.ParquetFile(folder / "wire-2016-2024.parquet")
    for batch in table.iter_batches(columns=["content", "date_published"]):
        for record in batch.to_pylist():
            shown = record["date_published"]
            yield record["content"] or "", None if shown is None else str(shown)


@pytest.mark.corpora
@pytest.mark.slow
def test_every_footer_of_the_real_records_is_found_and_agrees_with_the_page(corpora: Path) -> None:
    carry = found = dated = both = agree = 0
    for text, published in _contents(corpora / "pakistan"):
        if "Published in Dawn" not in text:
            continue
        carry += 1
        shown = [d for s, e, d in find_printed_date(text) if "Published in Dawn" in text[s:e]]
        found += bool(shown)
        day = read_date(shown[0]).published if shown else None
        dated += day is not None
        if day is not None and published is not None:
            both += 1
            agree += day.isoformat() == published
    assert carry == found == dated == 19_227
    assert agree / both == pytest.approx(0.954, abs=0.001)
