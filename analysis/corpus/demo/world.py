"""The invented region of the demo corpus: its outlets, agencies, places, parties, companies and people.

Nothing here exists. Not for text: the sentence banks are in `bank_*.py`.
"""

from datetime import date
from typing import NamedTuple

START, END = date(2024, 1, 1), date(2025, 6, 30)
COUNTRY, NEIGHBOUR = "Veshara", "Ardovenia"
BORDER_BREAK = date(2025, 1, 20)
TONE_BREAK = date(2024, 11, 18)
MISSING_WEEK = (date(2024, 9, 9), date(2024, 9, 15))
JOIN, LEAVE = date(2024, 10, 1), date(2025, 3, 31)
ZONE = "Etc/GMT-5"
HOLIDAYS = (
    date(2024, 1, 1),
    date(2024, 3, 21),
    date(2024, 5, 9),
    date(2024, 8, 14),
    date(2024, 11, 2),
    date(2024, 12, 25),
    date(2025, 1, 1),
    date(2025, 3, 21),
    date(2025, 5, 9),
)

TOPICS = (
    "border",
    "floods",
    "energy",
    "football",
    "elections",
    "courts",
    "health",
    "education",
    "transport",
    "farming",
    "markets",
    "mining",
)
# Relative shares of the topics that are neither the breaking nor the seemingly rising one.
BASE = {
    "floods": 8,
    "energy": 9,
    "football": 10,
    "elections": 11,
    "courts": 9,
    "health": 10,
    "education": 8,
    "transport": 8,
    "farming": 8,
    "markets": 10,
}
BREAKING, SEEMING = "border", "mining"
BORDER_SHARE = (0.08, 0.22)


def _names(text: str) -> tuple[str, ...]:
    """Split a line of names."""
    return tuple(text.split())


class Outlet(NamedTuple):
    """An outlet or agency: how much it prints, when, and in which shape its raw files come."""

    name: str
    host: str
    volume: tuple[float, float]  # relative articles a day at the start and at the end
    week: tuple[float, ...]  # factor by weekday, Monday first
    mining: float  # its constant share of the topic that only seems to rise
    formats: tuple[str, ...]
    alias: str = ""
    short: str = ""
    curly: bool = True
    city: str = "Veshin"


_DAILY = (1.0, 1.1, 1.1, 1.05, 1.0, 0.55, 0.4)
_TRI = (0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0)
OUTLETS = (
    Outlet(
        "Tolmark Courier",
        "tolmark-courier.example",
        (0.4, 3.4),
        _DAILY,
        0.3,
        ("jsonl",),
        "TOLMARK COURIER",
        city="Tolmark",
    ),
    Outlet(
        "Issen Ledger",
        "issen-ledger.example",
        (3.4, 0.4),
        _DAILY,
        0.05,
        ("csv",),
        "The Issen Ledger",
        curly=False,
        city="Kessarin",
    ),
    Outlet("Veshin Observer", "veshin-observer.example", (1.1, 1.1), _DAILY, 0.07, ("html", "jsonl")),
    Outlet("Halvik Post", "halvik-post.example", (1.5, 1.5), _TRI, 0.07, ("txt", "xlsx"), city="Halvik"),
    Outlet(
        "Frontier Page",
        "frontierpage.example",
        (1.0, 1.0),
        _DAILY,
        0.07,
        ("json",),
        curly=False,
        city="Dorsk",
    ),
    Outlet(
        "Southern Gazetteer",
        "southern-gazetteer.example",
        (0.9, 0.9),
        _DAILY,
        0.07,
        ("xlsx", "csv"),
        city="Orvice",
    ),
    Outlet(
        "Northern Reach Agency",
        "nra-wire.example",
        (1.0, 1.0),
        (1, 1, 1, 1, 1, 0.7, 0.6),
        0.07,
        ("jsonl.gz",),
        short="NRA",
    ),
    Outlet(
        "Orlan Press Service",
        "orlanpress.example",
        (0.6, 0.6),
        (1, 1, 1, 1, 1, 0.6, 0.5),
        0.07,
        ("parquet",),
        short="OPS",
        curly=False,
        city="Kessarin",
    ),
)
N_PAPERS = 6
MISSING_OUTLET, JOINING, LEAVING = 2, 4, 5
AGENCIES = (6, 7)

CITIES = _names(
    "Veshin Tolmark Kessarin Ostrelle Brunnow Halvik Dorsk Minarelle Quennit Sarvo Pelluth Yarrowen "
    "Tandrel Orvice "
    "Lusken Marrowgate Zeddin Corvath Upper-Mell Fennick Gastrow Imberlin Jostrey Kravelle Nerrin "
    "Palvo Rustane Thessin "
    "Ulmary Wendrow Askelane Birrith Callowen Durmain Ellistrad"
)
PROVINCES = (
    "Upper Veshin",
    "Tolmar",
    "Kessar",
    "Ostrel Province",
    "Lower Quarra",
    "the Halv",
    "East Dorsk",
    "Mellmark",
)
RIVERS = ("Issen", "Torvane", "Mell", "Quarra", "Little Issen", "Sarvane", "Drellow")
PARTIES = (
    "Reform Accord",
    "Hearth Party",
    "Union of Free Provinces",
    "Green Valley List",
    "Workers' Bench",
    "Civic Compact",
)
COMPANIES = (
    "Tolmark Grid",
    "Brunnow Freight",
    "Kessar Minerals",
    "Issen Cement",
    "Orlan Mutual",
    "Halvik Textiles",
    "Sarvane Foods",
    "Quarra Holdings",
    "Northline Telecom",
    "Pelluth Mills",
)
FIRST = _names(
    "Ildrun Tessavie Orrimund Vashkel Mirelda Jorvane Selkith Brannoth Ysolvane Cadrimor Perrenil "
    "Dalmethe Korvissa "
    "Ruvane Thalmir Osseline Garrimel Nimvora Fendrick Lusandre Havrin Aldessa"
)
LAST = _names(
    "Quillimar Vantreel Oskarnen Dromelik Hathervane Pellorin Zarnovell Mindelowe Kreswane "
    "Tavenorre Ulbrecken Sommarind "
    "Yarvelle Fostrimar Gundavell Ibrentine Jaskorow Lammerith Neskovane Orlendash Pruvenik "
    "Rastellan Skellimore Tormavick "
    "Wesselrane Bregovane Cindermoor Dulvarin"
)
