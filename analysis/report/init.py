"""A study of one's own: a folder with notebooks, settings and room for articles, in which every command works.

Not for reading articles (`analysis.corpus.ingest`) nor for running notebooks (`run`).
"""

import json
import re
from pathlib import Path
from typing import Any

from analysis.errors import InputError, message
from analysis.report.notebook import TAG, read_notebook, source_of
from analysis.report.places import PACKAGED, check_name
from analysis.result.files import write_whole

RAW = "raw"
_DEFAULT_CORPUS = re.compile(r"""^corpus: str = (['"]).*?\1""", re.MULTILINE)

_SETTINGS = """\
# What you know about these articles and the files do not say. Every line is optional; take the # away to use one.
# Everything that can stand here: docs/add-a-corpus.md of the package.

# How the articles were chosen: "census" (all that the outlets published), "query" (what a search found),
# "handpicked". With the last two nothing is said about how much was published.
selection = "handpicked"

# [outlets]                     # a spelling found = the name to use
# "DAWN" = "Dawn"

# [zones]                       # the outlet's own time zone
# default = "Asia/Karachi"

# [date_order]                  # what 07/05/2025 means: dmy | mdy | ymd
# "Dawn" = "dmy"

# [[windows]]                   # what was collected; a day outside every window is missing, not zero
# outlet = "Dawn"
# since = "2025-01-01"
# until = "2025-10-31"
"""

_README = """\
# {name}

1. Put your articles into `raw/`, nested as you like: pasted pages (.txt), saved pages (.html), .csv, .xlsx, .json,
   .jsonl, .parquet. Nothing in that folder is ever changed. `raw/corpus.toml` is where you say what the files do not.
2. `analysis ingest raw corpus/{name}` reads and cleans them, and says what became of each. Again later for new files.
3. `analysis report all` runs every notebook of `notebooks/` into `reports/`; open `reports/index.html`.
   (The first time it also does step 2, where you have not.)
4. `analysis lab` opens JupyterLab: `00_start` first, then change the others, or copy `_template` for your own.

`analysis report 02_terms -p since 2025-01-01` gives a notebook other parameters;
`analysis report 02_terms --help` lists them.
`analysis describe {name}` says what is in the corpus.

Keep `raw/`, `notebooks/`, `reports/specs/`, and of `corpus/{name}/` the files that you wrote (corrections.csv,
metadata.csv): everything else can be made again from these.
"""

_IGNORED = "/corpus/*/*.parquet\n/corpus/*/corpus.json\n/reports/*\n!/reports/specs/\n.ipynb_checkpoints/\n"


def init_study(folder: Path) -> Path:
    """Make a study in a folder that does not exist yet or is empty; its last name is the study's and the corpus's.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        The name is no plain name, or the folder holds something.
    """
    folder = folder.resolve()
    name = check_name("folder", folder.name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            message(
                "this folder is not empty", got=str(folder), hint="Nothing was written. Choose another name."
            )
        )
    for part in (RAW, "notebooks", "corpus", "reports/specs"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    texts = {f"{RAW}/corpus.toml": _SETTINGS, "README.md": _README.format(name=name), ".gitignore": _IGNORED}
    for path, written in texts.items():
        write_whole(folder / path, written.encode())
    for source in packaged_notebooks():
        notebook = with_corpus(read_notebook(source), name)
        shown = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        write_whole(folder / "notebooks" / source.name, f"{shown}\n".encode())
    return folder


def packaged_notebooks() -> list[Path]:
    """List the notebooks that come with the package: inside it where it was built, beside it in a checkout."""
    beside = PACKAGED.parents[1] / "notebooks"
    return sorted((PACKAGED if PACKAGED.is_dir() else beside).glob("*.ipynb"))


def with_corpus(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a notebook whose parameter `corpus` is this name by default; its other cells are as they were."""
    cells = []
    for cell in notebook["cells"]:
        if TAG in cell.get("metadata", {}).get("tags", []):
            source = _DEFAULT_CORPUS.sub(lambda _: f"corpus: str = {json.dumps(name)}", source_of(cell))
            cell = {**cell, "source": source.splitlines(keepends=True)}  # noqa: PLW2901
        cells.append(cell)
    return {**notebook, "cells": cells}


def waiting(root: Path) -> Path | None:
    """Give the folder of articles of a study whose corpus has not been made yet; None where there is none."""
    raw, made = root / RAW, root / "corpus" / root.name / "corpus.json"
    if made.exists() or not raw.is_dir():
        return None
    return raw if any(p.is_file() and p.name != "corpus.toml" for p in raw.rglob("*")) else None
