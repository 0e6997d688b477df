"""A whole little project for the tests of reports: sources, a corpus, two notebooks. Everything in it is made up."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import analysis as an

OUTLETS = ("Lark Post", "Vale Gazette")
SETUP = (
    "import analysis as an\n\nselection = an.open_corpus(corpus).where(since=since, until=until)\n"
    "words = an.tokens(selection)"
)
FORM = (
    'corpus: str = "toy"  # the name of a corpus\nsince: "date | None" = None  # first day\n'
    'until: "date | None" = None  # last day\ntop: int = 5  # how many terms'
)
WORDS = (
    ("markdown", "title", "# Words of two papers\n\nWhich words do they use?"),
    ("code", "parameters", FORM),
    ("code", "setup", SETUP),
    ("markdown", "first", "## The most frequent"),
    ("code", "frequency", 'an.show(an.term_frequency(words, top=top), "frequency")'),
    ("markdown", "second", "## What tells them apart"),
    ("code", "keyness", 'an.show(an.outlet_keyness(words, target="Lark Post"), "keyness")'),
)
COUNTS = (
    ("markdown", "title", "# Counts"),
    ("code", "parameters", FORM.rsplit("\n", 1)[0]),
    (
        "code",
        "setup",
        "import analysis as an\n\nselection = an.open_corpus(corpus).where(since=since, until=until)",
    ),
    ("code", "describe", 'an.show(an.describe(selection), "describe")'),
    ("code", "months", 'an.show(an.outlet_months(selection), "months")'),
)


def write_articles(path: Path, days: list[str], *, each: int = 2, word: str = "harbour") -> None:
    """Write one JSON Lines file: every outlet prints `each` articles on each day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for day in days:
            for place, outlet in enumerate(OUTLETS):
                for n in range(each):
                    own = ("ferry", "quarry")[place]
                    # Words of this matter alone: both papers print them, so that the two are copies of one story.
                    digest = hashlib.sha256(f"{day} {n}".encode()).hexdigest()
                    matter = " ".join("ze" + digest[k : k + 4] for k in range(0, 60, 2))
                    text = (
                        f"The council met. It spoke of the {word} and of the {own}, as {outlet} says: "
                        f"{matter}. Nobody objected, and it ended before the bell."
                    )
                    row = {
                        "source": outlet, "title": f"Meeting {n} of {day}", "content": text,
                        "link": f"https://toy.example/{place}/{day}/{n}", "date_published": day,
                    }  # fmt: skip
                    out.write(json.dumps(row) + "\n")


def notebook(cells: tuple[tuple[str, str, str], ...]) -> dict[str, Any]:
    """A notebook as data."""
    made = []
    for kind, name, source in cells:
        cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        if name == "parameters":
            cell["metadata"] = {"tags": ["parameters"]}
        made.append(cell)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def build(root: Path) -> Path:
    """Make the project under `root`: January and February of 2025, and ten days of March."""
    (root / "notebooks").mkdir(parents=True)
    for name, cells in (("words", WORDS), ("counts", COUNTS)):
        (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook(cells)), encoding="utf-8")
    days = [f"2025-01-{d:02d}" for d in range(1, 32, 2)] + [f"2025-02-{d:02d}" for d in range(1, 29, 2)]
    write_articles(root / "raw" / "first.jsonl", [*days, "2025-03-04", "2025-03-10"])
    an.ingest(root / "raw", into=root / "corpus" / "toy", workers=1)
    return root


def add_a_month(root: Path) -> None:
    """Add the rest of March, in which another word is used."""
    days = [f"2025-03-{d:02d}" for d in range(11, 32, 2)]
    write_articles(root / "raw" / "second.jsonl", days, word="viaduct")
    an.ingest(root / "raw", into=root / "corpus" / "toy", workers=1)


def copy(root: Path, target: Path) -> Path:
    """The same project in another folder, without its reports."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("reports"))
    return target
