"""Run every benchmark, or those named: `python -m benchmarks ingest kill`."""

import importlib
import sys

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
    "speakers",
    "correction",
    "towards",
    "scaling",
    "tone",
    "before_after",
    "report_faults",
    "report_proof",
)


def main() -> None:
    """Run them one after the other; each prints its own lines for RESULTS.md."""
    for name in sys.argv[1:] or NAMES:
        print(f"== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
