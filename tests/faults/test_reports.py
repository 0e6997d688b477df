"""Whatever happens while a report is made: the last good one opens, nothing half-made is complete, no kernel stays."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.fingerprint import file_sha256
from analysis.report.shelf import latest_of
from tests.report.conftest import notebook

MOMENTS = int(os.environ.get("REPORT_KILL_MOMENTS", "3"))  # forty under `python -m benchmarks report_faults`
CELLS = (
    ("markdown", "title", "# Slow"),
    ("code", "parameters", "n: int = 1  # a number\nseconds: float = 0.0  # how long it takes"),
    (
        "code",
        "setup",
        "import time\n\nimport pandas as pd\n\nimport analysis as an\nfrom analysis.result import Result",
    ),
    ("markdown", "waiting", "## The long part"),
    ("code", "wait", "time.sleep(seconds)"),
    (
        "code",
        "show",
        'table = pd.DataFrame({"n": range(n)})\n'
        'an.show(Result(kind="made_up", table=table, unit="", params={}, corpus_fingerprint="f"), "t")',
    ),
    ("code", "more", "time.sleep(seconds)"),
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a slow notebook and one good report."""
    root = tmp_path_factory.mktemp("good") / "p"
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "slow.ipynb").write_text(json.dumps(notebook(CELLS)), encoding="utf-8")
    assert finish(start(root, "slow", "-p", "n", "3"))[0] == 0
    return root


@pytest.fixture
def project(good: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(good, tmp_path / "p"))


def start(root: Path, *arguments: str, limit: int | None = None) -> "subprocess.Popen[str]":
    """Start `analysis report` in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(Path(analysis.__file__).resolve().parents[1])}

    def small() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "analysis", "report", *arguments], cwd=root, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=small,  # noqa: PLW1509 - no threads here
    )  # fmt: skip


def finish(child: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for it; its exit code and what it wrote to the error stream."""
    _, errors = child.communicate()
    return child.returncode, errors


def kernels(root: Path) -> list[int]:
    """Processes whose working folder is this project: its kernels, wherever they were started from."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").readlink() == root.resolve() and b"ipykernel" in (
                place / "cmdline"
            ).read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


def no_kernel_left(root: Path, patience: float = 20.0) -> bool:
    """Whether every kernel of this project is gone, after some seconds at most."""
    end = time.monotonic() + patience
    while kernels(root):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def whole_runs(root: Path) -> Iterator[Path]:
    """Every folder that is called complete, checked file by file."""
    for manifest in sorted((root / "reports").glob("[!_]*/*/manifest.json")):
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        there = {p.relative_to(manifest.parent).as_posix() for p in manifest.parent.rglob("*") if p.is_file()}
        assert there == {f["path"] for f in facts["files"]} | {"manifest.json"}
        for file in facts["files"]:
            assert file_sha256(manifest.parent / file["path"]) == file["sha256"], file["path"]
        yield manifest.parent


def said(root: Path) -> str:
    """What the failed report of another number says."""
    (found,) = (root / "reports" / "_failed").rglob("FAILED.txt")
    assert not list((root / "reports" / "_failed").rglob("manifest.json"))
    assert not list((root / "reports" / "_failed").rglob("index.html"))
    return found.read_text(encoding="utf-8")


def test_killed_at_random_moments_the_last_good_report_stays_and_no_kernel_does(project: Path) -> None:
    rng = random.Random(11)
    home = project / "reports" / "slow"
    longest = 6.0
    for moment in range(MOMENTS):
        again = moment % 2 == 0  # the run that is there already, or another one
        given = ("-p", "n", "3" if again else str(10 + moment), "-p", "seconds", "0.0" if again else "0.4")
        begin = time.monotonic()
        child = start(project, "slow", *given)
        try:
            child.communicate(timeout=rng.random() * longest)
            longest = max(2.0, min(longest, 1.2 * (time.monotonic() - begin)))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.communicate()
        runs = list(whole_runs(project))
        assert runs, "no report is left"
        newest = latest_of(home)
        assert newest in runs
        assert no_kernel_left(project)
    child = start(project, "slow", "-p", "n", "3")
    assert child.communicate()[1] == ""
    assert [p.name for p in (project / "reports" / "_running").iterdir()] == []
    for text in (project / "reports" / "_failed").rglob("FAILED.txt"):
        assert text.read_text(encoding="utf-8").startswith(
            "This report is not complete.\nIts process was killed"
        )


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_says_in_which_cell_and_leaves_nothing_running(
    project: Path, kind: signal.Signals
) -> None:
    child = start(project, "slow", "-p", "n", "4", "-p", "seconds", "60")
    running = project / "reports" / "_running"
    end = time.monotonic() + 60
    while not any("cell 5" in p.read_text(encoding="utf-8") for p in running.glob("*/REACHED.txt")):
        assert time.monotonic() < end
        time.sleep(0.1)
    child.send_signal(kind)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "interrupted" in errors
    assert "Stopped in cell 5 of 7." in said(project)
    assert len(list(whole_runs(project))) == 1
    assert no_kernel_left(project)


def test_a_full_disk_leaves_the_last_good_report(project: Path) -> None:
    child = start(project, "slow", "-p", "n", "5", limit=3000)  # no file may grow past 3 kB
    _, errors = child.communicate()
    assert child.returncode == 1, errors
    assert len(list(whole_runs(project))) == 1
    assert no_kernel_left(project)
    assert finish(start(project, "slow", "-p", "n", "5"))[0] == 0
    assert len(list(whole_runs(project))) == 2


def test_of_two_at_once_one_is_refused_or_waits(project: Path) -> None:
    both = [start(project, "slow", "-p", "n", "6", "-p", "seconds", "1.5") for _ in range(2)]
    ends = [(child.communicate()[1], child.returncode) for child in both]
    assert sorted(code for _, code in ends) in ([0, 0], [0, 1])
    for errors, code in ends:
        assert code == 0 or "is being made by another process. Wait until it is done." in errors
    assert len(list(whole_runs(project))) == 2
    assert no_kernel_left(project)


def test_a_failed_cell_is_named_and_the_index_does_not_list_it(project: Path) -> None:
    child = start(project, "slow", "-p", "n", "-1", "-p", "seconds", "-1")
    _, errors = child.communicate()
    assert child.returncode == 1
    assert len(errors.splitlines()) == 1
    assert "cell 5 of slow (“The long part”) failed: ValueError" in errors
    assert "cell 5 of slow" in said(project)
    failed = next((project / "reports" / "_failed" / "slow").iterdir())
    assert failed.name not in (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert "This report is not complete." in (failed / "partial.html").read_text(encoding="utf-8")
