"""Lines to cite a corpus, the software and a run by. The facts of the software are those of CITATION.cff."""

from collections.abc import Mapping
from typing import Any

from analysis._version import __version__

TITLE = "regional-news-analysis"
AUTHORS = "The regional-news-analysis maintainers"


def software(version: str = __version__) -> str:
    """The software."""
    return f"{AUTHORS}. {TITLE} (version {version}) [software]."


def corpus(facts: Mapping[str, Any] | None) -> str:
    """The corpus, by the hash of its articles."""
    if not facts:
        return ""
    snapshot = f", snapshot {facts['snapshot']}" if facts.get("snapshot") else ""
    return f"{facts['name']}{snapshot} [news corpus], fingerprint {facts['fingerprint']}."


def run(facts: Mapping[str, Any]) -> str:
    """The run."""
    return f"Report {facts['notebook']['name']}, run {facts['run_id']}."
