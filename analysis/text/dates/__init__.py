"""Dates of publication: read from what a page, a listing or a footer says, never guessed row by row.

03/04/2025 is two days until the outlet's own order is known; nothing ever means "today". Not for events in a text.
"""

from analysis.text.dates.choosing import TRUST, Chosen, choose
from analysis.text.dates.order import OrderEvidence
from analysis.text.dates.printed import find_printed_date
from analysis.text.dates.reading import DateReading, read_date
from analysis.text.dates.scan import find_dates

__all__ = [
    "TRUST",
    "Chosen",
    "DateReading",
    "OrderEvidence",
    "choose",
    "find_dates",
    "find_printed_date",
    "read_date",
]
