"""Fixtures for the whole suite."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Laws hold for any input; few examples each and the same ones every time, so that the suite stays quick.
settings.register_profile(
    "laws",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("laws")

# A job that a shell starts in the background has interrupts switched off, and so have its children: those that are to
# be interrupted by a test would never notice.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real corpora beside the project; tests that need it skip where it is absent."""
    here = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("NEWS_CORPORA", here.parent / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip(f"the real corpora are not here (looked in {folder}; set NEWS_CORPORA)")
    return folder
