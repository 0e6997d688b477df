"""Relative dates (`2 days ago`, `yesterday`), counted from the day a page was retrieved and from no other.

`today`, `now` and weekdays alone are not read: they hold on every day. Not for relative dates inside a text.
"""

import re
from datetime import date, timedelta
from functools import cache

from analysis.text.dates.calendars import known_to
from analysis.text.dates.months import fold
from analysis.text.dates.words import JOIN, PUBLISHED, UPDATED, kind_of

_UNITS = {
    "hour": "second seconds sec secs s minute minutes min mins m hour hours hr hrs h "
    "سیکنڈ منٹ گھنٹہ گھنٹے گھنٹا گھنٹوں ثانیه دقیقه ساعت دقيقة دقائق ساعة ساعات ساعتين ثانية ثواني دقیقې ساعته ساعتونه "
    "सेकंड मिनट घंटा घंटे घण्टे সেকেন্ড মিনিট ঘণ্টা ঘন্টা",
    "day": "day days d دن دنوں روز أيام يوم ورځ ورځې दिन দিন",
    "week": "week weeks wk wks w ہفتہ ہفتے هفته أسبوع أسابيع اونۍ सप्ताह हफ्ते हफ़्ते সপ্তাহ",
    "month": "month months mo mos مہینہ مہینے ماہ ماه شهر أشهر شهور میاشت میاشتې महीना महीने माह মাস",
    "year": "year years yr yrs y سال سنة سنوات साल वर्ष বছর",
}
_PAIRS = {"يومين": "day", "أسبوعين": "week", "شهرين": "month", "عامين": "year", "سنتين": "year"}
_AGO = "ago back earlier پہلے قبل پیش منذ مخکې وړاندې وړاندي पहले पूर्व আগে"
_ONE = "a an one ایک يک یک یوه واحد واحدة एक এক about over around تقریبا حوالي نحو लगभग"
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "دو": 2, "तीन": 3, "दो": 2}
_YESTERDAY = "yesterday دیروز أمس پرون গতকাল"
_TOKEN = re.compile(r"\d+|[^\W\d_][^\s\d!-/:-@\[-`{-~،؛؟۔।–—]{0,23}|\S")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?", re.I)
_LONGEST = 100
_MARKS = frozenset(":.,،|()[]-–—·•*/~@")


@cache
def _table() -> dict[str, tuple[str, int | str]]:
    table: dict[str, tuple[str, int | str]] = {fold(w): ("ago", 0) for w in _AGO.split()}
    table |= {fold(w): ("number", 1) for w in _ONE.split()}
    table |= {fold(w): ("number", n) for w, n in _WORDS.items()}
    table |= {fold(w): ("yesterday", 1) for w in _YESTERDAY.split()}
    table |= {fold(w): ("unit", unit) for unit, words in _UNITS.items() for w in words.split()}
    return table | {fold(w): ("pair", unit) for w, unit in _PAIRS.items()}


def days_back(text: str) -> tuple[int, int] | None:
    """Say how many days before the retrieval a relative date lies, at least and at most; None where it is none.

    >>> days_back("Posted 2 days ago"), days_back("5 hours ago"), days_back("1 week ago"), days_back("Monday")
    ((2, 2), (0, 0), (7, 13), None)
    """
    if len(text) > _LONGEST:
        return None
    amount: int | None = None
    unit: str | None = None
    ago = False
    for token in _TOKEN.findall(_TIME.sub(" ", text)):
        if token in _MARKS:
            continue
        if token.isdecimal():
            if len(token) > 3 or (amount is not None and unit is None):
                return None
            amount = int(token) if unit is None else amount
            continue
        kind, value = _table().get(fold(token), (None, 0))
        if kind == "yesterday":
            return 1, 1
        if kind == "ago":
            ago = True
        elif kind == "number":
            amount = int(value) if amount is None else amount
        elif kind == "pair" and unit is None:
            amount, unit = 2, str(value)
        elif kind == "unit":
            # 1 day, 3 hours ago: the first unit says the day.
            unit = unit or str(value)
        elif kind is None and kind_of(token) not in (PUBLISHED, UPDATED, JOIN):
            return None
    if unit is None or (amount is None and not ago):
        return None
    return _span(unit, 1 if amount is None else amount)


def _span(unit: str, n: int) -> tuple[int, int] | None:
    if unit == "hour":
        return n // 24, n // 24
    if unit == "day":
        return n, n
    size, longest = {"week": (7, 7), "month": (28, 31), "year": (365, 366)}[unit]
    return (n * size, (n + 1) * longest - 1) if n <= 200 else None


def anchored(back: tuple[int, int], retrieved: date) -> tuple[date, str] | None:
    """Give the day (or month, or year) that many days before the retrieval, as far as it is sure.

    >>> anchored((7, 13), date(2025, 3, 31))
    (datetime.date(2025, 3, 1), 'month')
    """
    try:
        return known_to(retrieved - timedelta(back[1]), retrieved - timedelta(back[0]))
    except OverflowError:
        return None
