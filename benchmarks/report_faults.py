"""`kill -9` at forty random moments of a report, a disk that fills at thirty-two points of one, and the sixty attacks.

They are the tests with their numbers raised.
"""

import os
import subprocess
import sys
from pathlib import Path

FREE = (0, 1, 500, 2000, *range(4096, 4096 * 29, 4096))


def main() -> None:
    """Run the tests with their full numbers."""
    root = Path(__file__).resolve().parents[1]
    tests = ["faults/test_reports.py", "faults/test_full_disk.py", "report/test_payloads.py"]
    call = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--durations=1"]
    done = subprocess.run(
        [*call, *(f"tests/{test}" for test in tests)],
        cwd=root,
        env=os.environ | {"REPORT_KILL_MOMENTS": "40", "REPORT_FREE_BYTES": " ".join(map(str, FREE))},
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stdout.strip()[-3000:])


if __name__ == "__main__":
    main()
