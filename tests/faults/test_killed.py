"""Whatever dies while writing, the corpus is the old snapshot or the new one."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.corpus import store

MOMENTS = int(os.environ.get("KILL_MOMENTS", "12"))  # the full hundred run under `make bench`

CHILD = """
import sys
import analysis as an
if __name__ == "__main__":
    print("go", flush=True)
    an.ingest(sys.argv[1], into=sys.argv[2], workers=1)
"""


def _write(path: Path, numbers: range) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for i in numbers:
            text = f"The ferry of Veshin made crossing number {i}. " * 30
            out.write(
                json.dumps({"content": text, "link": f"https://c.example/{i}", "date": "2025-01-01"}) + "\n"
            )


def _state(folder: Path) -> tuple[int, int]:
    snapshot = store.snapshot_of(folder)
    assert store.check(folder, snapshot) == []
    return snapshot.number, len(an.open_corpus(folder))


def test_killed_at_random_moments_the_corpus_is_the_old_or_the_new_snapshot(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _write(tmp_path / "raw0" / "a.jsonl", range(300))
    an.ingest(tmp_path / "raw0", into=folder, workers=1)
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    rng = random.Random(7)
    size, seen = 300, set()
    longest = 1.5
    for moment in range(MOMENTS):
        source = tmp_path / f"raw{moment + 1}"
        _write(source / f"b{moment}.jsonl", range(size, size + 400))
        number, _ = _state(folder)
        child = subprocess.Popen(
            [sys.executable, str(script), str(source), str(folder)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        begin = time.monotonic()
        try:
            child.wait(rng.random() * longest)
            longest = min(longest, 1.2 * (time.monotonic() - begin))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        child.stdout.close()
        after = _state(folder)
        assert after in {(number, size), (number + 1, size + 400)}
        seen.add(after[0] - number)
        size = after[1]
    report = an.ingest(source, into=folder, workers=1)  # the next writer clears what the dead one left
    assert report.records in (0, 400)
    assert not [p for p in folder.iterdir() if p.name.endswith(".tmp") or p.name.startswith(".spool")]


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4, 6])
def test_a_full_disk_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    folder = tmp_path / "c"
    _write(tmp_path / "raw" / "a.jsonl", range(50))
    an.ingest(tmp_path / "raw", into=folder, workers=1)
    before = _state(folder)
    _write(tmp_path / "raw" / "b.jsonl", range(40, 120))
    calls, real = [0], os.fsync

    def full(handle: int) -> Any:
        calls[0] += 1
        if calls[0] >= fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        an.ingest(tmp_path / "raw", into=folder, workers=1)
    monkeypatch.undo()
    assert _state(folder) == before
    assert an.ingest(tmp_path / "raw", into=folder, workers=1).kept == 70


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _write(tmp_path / "raw" / "a.jsonl", range(50))
    an.ingest(tmp_path / "raw", into=folder, workers=1)
    (stored,) = store.snapshot_of(folder).of("articles")
    (folder / stored.name).write_bytes(b"short")
    assert store.check(folder, store.snapshot_of(folder)) == [
        f"{stored.name} is not the file that was committed"
    ]
