"""What a report was made from and what came out, as data: enough to make it again and to check it.

Nothing here says who, where on the disk, on which host or at what time: two runs of the same thing are equal.
"""

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis._version import __version__
from analysis.fingerprint import canonical_json, file_sha256

FORMAT = 1
PACKAGES = (
    "ftfy", "gensim", "google-re2", "ipykernel", "jinja2", "matplotlib", "mistune", "nbclient", "nbformat",
    "nh3", "nltk", "numba", "numpy", "pandas", "papermill", "py3langid", "pyarrow", "scikit-learn", "scipy",
    "trafilatura",
)  # fmt: skip


def environment(root: Path) -> dict[str, Any]:
    """Versions that decide the bytes of a report: Python, platform family, packages, the lock file's hash."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    lock = root / "requirements.lock"
    return {
        "analysis": __version__,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": found,
        "lock_sha256": file_sha256(lock) if lock.is_file() else None,
    }


def environment_hash(facts: Mapping[str, Any]) -> str:
    """One hash for `environment`."""
    return hashlib.sha256(canonical_json(facts).encode()).hexdigest()


def read_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """The records that `show` wrote beside its tables, by name."""
    paths = sorted((folder / "tables").glob("*.json"))
    return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in paths}


def file_hashes(folder: Path) -> list[dict[str, Any]]:
    """Every file of the run with its size and SHA-256, sorted by path; the manifest itself is left out."""
    paths = [p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"]
    names = sorted((p.relative_to(folder).as_posix(), p) for p in paths)
    return [{"path": name, "bytes": p.stat().st_size, "sha256": file_sha256(p)} for name, p in names]


def _seeds(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every random seed that was used, by the table or parameter it belongs to."""
    found = {n: v for n, v in parameters.items() if n == "seed" or n.endswith("_seed")}
    return found | {
        f"{n}.seed": t["params"]["seed"] for n, t in tables.items() if t["params"].get("seed") is not None
    }


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> Path:
    """Write `manifest.json`: the given facts and the hashes of all that lies in the folder."""
    tables = read_tables(folder)
    selections = sorted({t["corpus_fingerprint"] for t in tables.values() if t["corpus_fingerprint"]})
    content = {
        "format": FORMAT,
        **facts,
        "selection_fingerprints": selections,
        "seeds": _seeds(facts["parameters"], tables),
        "tables": {
            n: {"kind": t["kind"], "rows": t["n_rows"], "params": t["params"], "signature": t["signature"]}
            for n, t in tables.items()
        },
        "files": file_hashes(folder),
    }
    path = folder / "manifest.json"
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path
