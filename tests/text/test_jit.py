"""Kernels that are kept on disk: made anew when any module they take a constant from changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

PACKAGE = Path(analysis.__file__).parent
_CODE = "from analysis.text.segments import encode; print(encode(['He left. She Stayed.']).sentence.tolist())"


@pytest.mark.slow
def test_a_kept_kernel_does_not_outlive_a_constant_of_another_file(tmp_path: Path) -> None:
    copied = tmp_path / "analysis"
    shutil.copytree(PACKAGE, copied, ignore=shutil.ignore_patterns("__pycache__"))
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}

    def run() -> str:
        call = [sys.executable, "-c", _CODE]
        return subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout

    assert run() == "[0, 0, 0, 1, 1, 1]\n"
    features = copied / "text" / "segments_features.py"
    before = features.read_text(encoding="utf-8")
    # Two bits change places. A kernel with the old ones would end sentences at capitals.
    after = before.replace("ENDER, FULL_STOP, CAPITAL, SMALL =", "CAPITAL, FULL_STOP, ENDER, SMALL =")
    assert after != before
    features.write_text(after, encoding="utf-8")
    assert run() == "[0, 0, 0, 1, 1, 1]\n"
