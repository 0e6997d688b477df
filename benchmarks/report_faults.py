"""`kill -9` at forty random moments of a report (the test with its number raised), and the sixty attacks."""

import os
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run the tests of both with their full numbers."""
    root = Path(__file__).resolve().parents[1]
    tests = ["tests/faults/test_reports.py", "tests/report/test_payloads.py"]
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=1", *tests]
    done = subprocess.run(
        call,
        cwd=root,
        env=os.environ | {"REPORT_KILL_MOMENTS": "40"},
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stdout.strip()[-3000:])


if __name__ == "__main__":
    main()
