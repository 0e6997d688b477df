"""Workers import what they run by name: `enginetoys` must be found by them as it is by the tests."""

import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parent)
if HERE not in sys.path:
    sys.path.append(HERE)
