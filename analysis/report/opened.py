"""What was kept for a page to open (`report.evidence` keeps it): read again, and written into the page as data.

Small and light, because every page is rendered through it. Not for looking anything up in a corpus.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = "evidence"


def read_evidence(folder: Path) -> dict[str, Any]:
    """Read what pages show, by the name of the result."""
    found = sorted((folder / FOLDER).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}


def as_script(evidence: dict[str, Any]) -> str:
    """Write data for a `<script type="application/json">`: nothing in it can end the element."""
    return as_json(evidence).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def as_json(value: Any) -> str:
    """Write plain data, the same bytes every time."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
