"""Run every benchmark, or those named: `python -m benchmarks ingest kill`; `pages` takes folders: `pages reports/`."""

import importlib
import sys
from pathlib import Path

NAMES = (
    "ingest",
    "kill",
    "extraction",
    "cleaning",
    "languages",
    "encoding",
    "voice",
    "terms",
    "stories",
    "series",
    "keyness_null",
    "frequency_intervals",
    "oracle",
    "keyness_demo",
    "breaks",
    "coherence",
    "topics",
    "topic_checks",
    "speakers",
    "correction",
    "towards",
    "scaling",
    "tone",
    "before_after",
    "report_faults",
    "pages",
    "report_proof",
)


def main() -> None:
    """Run them one after the other; each prints its own lines for RESULTS.md."""
    for name in [a for a in sys.argv[1:] if a in NAMES or not Path(a).is_dir()] or NAMES:
        print(f"== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
