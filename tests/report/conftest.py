"""A tiny project with one notebook, made anew for each use."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.report.projects import notebook

CELLS = (
    (
        "markdown",
        "title",
        "# A tiny report\n\nProse with <script>alert(1)</script> and [a link](javascript:alert(1)).",
    ),
    (
        "code",
        "parameters",
        'corpus: str = "tiny"  # the corpus\nn: int = 3  # how many\n'
        'since: "date | None" = None  # first day\nnames: "list[str]" = []  # which',
    ),
    ("markdown", "first", "## The one table\n\n![picture](https://example.org/x.png)"),
    (
        "code",
        "make",
        "from pathlib import Path\n\nimport pandas as pd\n\nfrom analysis.report.output import show\n"
        "from analysis.result import Result\n\n"
        'assert not Path("broken.flag").exists(), "the flag is up"\n'
        'table = pd.DataFrame({"reason": ["<script>alert(1)</script>", "=1+1"], "n": [n, 2]})\n'
        'result = Result(kind="reject_reasons", table=table, unit="records", params={}, '
        'corpus_fingerprint="f" * 32, notes=("<img src=x onerror=alert(1)>",))',
    ),
    ("code", "show", 'show(result, "reasons")\nprint(Path.cwd(), object())'),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with `notebooks/tiny.ipynb`; its name has braces, which papermill would fill in."""
    root = tmp_path_factory.mktemp("project") / "a {title} b"
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "tiny.ipynb").write_text(json.dumps(notebook(CELLS)), encoding="utf-8")
    return root


@pytest.fixture
def tiny() -> dict[str, Any]:
    """The tiny notebook as data."""
    return notebook(CELLS)
