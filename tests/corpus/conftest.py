"""Small made-up sources for the corpus tests."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = (
    "The council of Veshin met on the river bank to hear about the new ferry. Members asked for the accounts, "
    "and the clerk promised them within a week. Nobody from the harbour came."
)


def article(number: int, **changes: Any) -> dict[str, Any]:
    """Make one record; `changes` overrule its fields, and None leaves one out."""
    record = {
        "title": f"Council hears ferry plan number {number}",
        "content": f"{WORDS} Report number {number}.",
        "source": "The Veshin Courier" if number % 3 else "Lowland Post",
        "link": f"https://courier.example/news/{number}/ferry",
        "date_published": f"2025-01-{number % 28 + 1:02d}",
    }
    return {k: v for k, v in (record | changes).items() if v is not None}


@pytest.fixture
def jsonl() -> Callable[..., Path]:
    """Give a function that writes records as JSON lines (a string is written as it stands)."""

    def write(path: Path, records: list[dict[str, Any] | str]) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def source(tmp_path: Path, jsonl: Callable[..., Path]) -> Path:
    """Give a folder with 30 articles in one file."""
    jsonl(tmp_path / "raw" / "a.jsonl", [article(i) for i in range(30)])
    return tmp_path / "raw"
