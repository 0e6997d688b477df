"""`kill -9` at a hundred random moments of an ingest into an existing corpus (the test, with its number raised)."""

import os
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run the test of `tests/faults/test_killed.py` with a hundred moments."""
    root = Path(__file__).resolve().parents[1]
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/faults/test_killed.py"]
    done = subprocess.run(
        call, cwd=root, env=os.environ | {"KILL_MOMENTS": "100"}, check=False, capture_output=True, text=True
    )
    print(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
