"""Make an executed notebook the same bytes every time, with nothing in it of the machine that ran it.

What changes from run to run without meaning goes: time stamps, papermill's records, random cell ids, memory
addresses, warnings on the error stream, how a stream was cut into pieces, widget state. Paths are replaced.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

from analysis.report.notebook import source_of

KEEP = ("text/html", "image/png", "text/markdown", "text/plain")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,16}")


def tidy(notebook: Mapping[str, Any], *, hide: Mapping[str, str]) -> dict[str, Any]:
    """Return a clean copy; `hide` maps texts (paths) to what stands for them, longest first."""
    pairs = sorted(hide.items(), key=lambda pair: -len(pair[0]))
    made = copy.deepcopy(dict(notebook))
    language = made.get("metadata", {}).get("language_info", {})
    made["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {k: language[k] for k in ("name", "version", "file_extension") if k in language},
    }
    for number, cell in enumerate(made["cells"], start=1):
        tags = cell.get("metadata", {}).get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell["id"] = "injected-parameters"
        cell.setdefault("id", f"cell-{number}")
        cell["source"] = _replace(source_of(cell), pairs)
        if cell["cell_type"] == "code":
            cell["outputs"] = _outputs(cell.get("outputs", []), pairs)
    return made


def _outputs(outputs: list[dict[str, Any]], pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Streams joined, the error stream dropped, known kinds of data kept."""
    kept: list[dict[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "stream":
            if output.get("name") == "stderr":
                continue
            text = _replace(_joined(output["text"]), pairs)
            if kept and kept[-1]["output_type"] == "stream":
                kept[-1]["text"] += text
            else:
                kept.append({"output_type": "stream", "name": "stdout", "text": text})
        elif output["output_type"] in {"display_data", "execute_result"}:
            data = {k: _joined(v) for k, v in output.get("data", {}).items() if k in KEEP}
            if not data:
                continue
            data = {k: v.strip() if k == "image/png" else _replace(v, pairs) for k, v in data.items()}
            kept.append({**output, "data": data})
        elif output["output_type"] == "error":
            trace = [_replace(line, pairs) for line in output.get("traceback", [])]
            kept.append(
                {**output, "evalue": _replace(str(output.get("evalue", "")), pairs), "traceback": trace}
            )
    return kept


def _joined(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def replace_all(text: str, hide: Mapping[str, str]) -> str:
    """Put what stands for private texts in their place, longest first; memory addresses go too."""
    return _replace(text, sorted(hide.items(), key=lambda pair: -len(pair[0])))


def _replace(text: str, pairs: list[tuple[str, str]]) -> str:
    for private, public in pairs:
        text = text.replace(private, public)
    return _ADDRESS.sub("at 0x0", text)
