"""Files to records: pasted text, web pages, tables, JSON and Parquet, every value the string it was.

Light to import: what reads a format heavily (trafilatura, calamine, Arrow) is imported where it is used.
"""

from analysis.readers.base import (
    Chunk,
    Item,
    Notice,
    Reader,
    Record,
    RefusedError,
    Reject,
    read,
    reader_for,
    reader_named,
    register,
    registered,
)
from analysis.readers.csv import Csv
from analysis.readers.discover import Found, Ignored, Refusal, SourceFile, discover
from analysis.readers.html import WebPage
from analysis.readers.json import Json
from analysis.readers.jsonl import JsonLines
from analysis.readers.parquet import Parquet
from analysis.readers.text import PastedText
from analysis.readers.xlsx import Spreadsheet

__all__ = [
    "Chunk",
    "Found",
    "Ignored",
    "Item",
    "Notice",
    "Reader",
    "Record",
    "Refusal",
    "RefusedError",
    "Reject",
    "SourceFile",
    "discover",
    "read",
    "reader_for",
    "reader_named",
    "register",
    "registered",
]

for _reader in (PastedText(), WebPage(), Csv(), Spreadsheet(), JsonLines(), Json(), Parquet()):
    register(_reader)
