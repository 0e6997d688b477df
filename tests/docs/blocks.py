"""The code and the commands that are printed in README and docs: found, and made ready to run as they stand."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
PAGES = (HERE / "README.md", *sorted((HERE / "docs").glob("*.md")))
_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block: the page it is printed on, its language, the line it begins at, its text."""

    page: str
    language: str
    line: int
    text: str


def blocks(path: Path) -> list[Block]:
    """List the fenced blocks of a page, in order."""
    page = path.read_text(encoding="utf-8")
    return [
        Block(path.name, found[1].strip(), page.count("\n", 0, found.start()) + 2, found[2])
        for found in _FENCE.finditer(page)
    ]


def commands(text: str) -> list[str]:
    """List the commands of a block, without the remarks behind them."""
    return [re.split(r"\s{2,}#|\s+#\s", line)[0].strip() for line in text.splitlines() if line.strip()]
