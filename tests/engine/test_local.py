"""Serial and spawned engines: the same answers, in order, and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import enginetoys as toys
import pytest

from analysis.engine import Engine, EngineError, Processes, Serial, choose_engine
from analysis.engine.local import cores
from analysis.errors import InputError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    with Processes(2, progress=False) as engine:
        yield engine


def test_results_come_in_the_order_of_the_items(two: Processes) -> None:
    assert list(two.map(toys.slow_first, range(8))) == list(range(8))


def test_an_endless_source_is_taken_only_as_far_as_needed(two: Processes) -> None:
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = two.map(toys.square, source())
    assert [next(results) for _ in range(3)] == [1, 4, 9]
    assert taken <= 3 + 2 * two.workers + 2
    results.close()


def test_two_processes_give_the_same_bits_as_none(two: Processes) -> None:
    for parts in (range(1), range(7), range(64)):
        serial = Serial().fold(toys.FloatSum(), parts, toys.floats)
        assert two.fold(toys.FloatSum(), parts, toys.floats) == serial


@pytest.mark.parametrize("kind", ["serial", "processes"])
def test_an_error_keeps_its_type_and_names_the_item(kind: str, two: Processes) -> None:
    engine = Serial() if kind == "serial" else two
    with pytest.raises(ValueError, match="three is not allowed") as caught:
        list(engine.map(toys.fail_at_three, range(6), label="reading"))
    assert "while working on reading [3]: 3" in caught.value.__notes__
    assert list(engine.map(toys.square, [2])) == [4], "the engine works on after an error"


def test_an_error_that_cannot_be_pickled_still_arrives(two: Processes) -> None:
    with pytest.raises(RuntimeError, match="StubbornError: no"):
        list(two.map(toys.fail_stubbornly, [1]))


def test_a_dead_worker_is_explained_and_the_engine_can_be_used_again() -> None:
    with Processes(1, progress=False) as engine:
        with pytest.raises(EngineError, match=r"ended before its work was done.*__main__"):
            list(engine.map(toys.die, [1], label="dying"))
        assert list(engine.map(toys.square, [3])) == [9]


def test_workers_use_one_thread_each(two: Processes) -> None:
    assert list(two.map(toys.threads, [0])) == [os.environ.get("OMP_NUM_THREADS", "1")]


@pytest.mark.parametrize("engine_of", [Serial, partial(Processes, 1)])
def test_progress_is_told_of_every_item_with_the_total(engine_of: Callable[..., Engine]) -> None:
    told: list[tuple[int, int | None, str]] = []
    with engine_of(progress=lambda *step: told.append(step)) as engine:
        list(engine.map(toys.square, [1, 2], label="squares"))
    assert told == [(1, 2, "squares"), (2, 2, "squares")]


def test_a_bar_is_shown_when_asked_for_and_not_into_a_file(capfd: pytest.CaptureFixture[str]) -> None:
    list(Serial(progress=True).map(toys.square, [1, 2], label="squares"))
    assert "squares" in capfd.readouterr().err
    list(Serial().map(toys.square, [1, 2], label="squares"))
    assert capfd.readouterr().err == ""


def test_one_worker_is_no_process_and_none_is_one_a_core() -> None:
    assert isinstance(choose_engine(1), Serial)
    assert choose_engine(3).workers == 3
    assert choose_engine(None).workers == cores()


@pytest.mark.parametrize("workers", [0, -1, True, 1.5, "2"])
def test_a_wrong_number_of_workers_is_refused_at_once(workers: object) -> None:
    with pytest.raises(InputError, match="`workers`"):
        choose_engine(workers)  # type: ignore[arg-type]


def _script(folder: Path, text: str) -> subprocess.Popen[str]:
    """Start a script as a user would."""
    path = folder / "script.py"
    path.write_text(text)
    search = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, str(path)],
        env={**os.environ, "PYTHONPATH": search},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_script_without_a_guard_is_told_to_have_one(tmp_path: Path) -> None:
    run = _script(
        tmp_path,
        "from analysis.engine import Processes\nimport enginetoys\n"
        "list(Processes(2).map(enginetoys.square, [1, 2, 3]))\n",
    )
    _, said = run.communicate(timeout=60)
    assert run.returncode == 1
    assert 'if __name__ == "__main__":' in said.splitlines()[-1]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_parent_however_it_ends(how: signal.Signals, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    run = _script(
        tmp_path,
        "from analysis.engine import Processes\nimport enginetoys\n"
        "if __name__ == '__main__':\n"
        "    with Processes(2) as engine:\n"
        f"        list(engine.map(enginetoys.note_and_wait, [{str(notes)!r}] * 4))\n",
    )
    _until(lambda: len(list(notes.iterdir())) == 2)
    run.send_signal(how)
    run.communicate(timeout=30)
    workers = [int(path.name) for path in notes.iterdir()]
    _until(lambda: not any(_alive(worker) for worker in workers))


def _until(true, seconds: float = 30) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def _alive(process: int) -> bool:
    """Tell whether a process runs; one that waits to be collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        pass
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not Path("/proc/self").exists()
