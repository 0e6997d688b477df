"""`python -m analysis` and the command `analysis`: hand over to the command line."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    from analysis.cli import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
