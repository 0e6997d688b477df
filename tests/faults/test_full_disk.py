"""A disk that really is full: a small file system of its own, filled up to some bytes at every stage of a report."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.report.shelf import latest_of
from tests.faults.test_reports import finish, good, no_kernel_left, start, whole_runs

__all__ = ["good"]  # a fixture

SIZE = 4_000_000
FREE = tuple(
    int(n) for n in os.environ.get("REPORT_FREE_BYTES", "0 24000").split()
)  # more under the benchmark


@pytest.fixture
def small(good: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the good project whose reports are on a file system of four megabytes."""
    root = Path(shutil.copytree(good, tmp_path / "p"))
    shelf = root / "reports"
    aside = shelf.rename(root / "aside")
    shelf.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("there is no program to mount a file system with")
    call = [mount, "-t", "tmpfs", "-o", f"size={SIZE},mode=0777", "tmpfs", str(shelf)]
    done = subprocess.run(call, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip("no file system may be mounted here; the limit on the size of files is tested instead")
    try:
        shutil.copytree(aside, shelf, dirs_exist_ok=True)
        yield root
    finally:
        subprocess.run([umount, "-l", str(shelf)], check=True)


def fill(shelf: Path, free: int) -> Path:
    """Write a file until no more than some bytes are free."""
    place = shelf / "filler"
    with place.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    with place.open("rb+") as file:
        file.truncate(max(0, place.stat().st_size - free))
    return place


@pytest.mark.parametrize("free", FREE)
def test_on_a_full_disk_the_last_good_report_opens_and_nothing_half_made_is_complete(
    small: Path, free: int
) -> None:
    shelf = small / "reports"
    (before,) = whole_runs(small)
    filler = fill(shelf, free)
    code, errors = finish(start(small, "slow", "-p", "n", "5"))
    assert no_kernel_left(small)
    runs = list(whole_runs(small))  # each is whole, file by file
    assert before in runs
    newest = latest_of(shelf / "slow")
    assert newest in runs
    assert newest is not None
    assert (newest / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    if code:
        assert code == 1
        assert len(errors.splitlines()) == 1, errors
        assert errors.startswith("analysis: ")
        assert "No space left on device" in errors
        assert len(runs) <= 2  # the new one is there whole where only the index over all had no room
    filler.unlink()
    assert finish(start(small, "slow", "-p", "n", "5")) == (0, "")
    assert len(list(whole_runs(small))) == 2
    assert not any((shelf / "_running").iterdir())
