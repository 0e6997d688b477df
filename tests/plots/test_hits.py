"""Marks stand on what they mark in the picture that is saved."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.image import imread

from analysis.plots import plot, theme
from analysis.plots.hits import hits
from analysis.result import Result


def test_the_middle_of_every_mark_has_the_colour_of_its_bar_in_the_saved_picture(tmp_path: Path) -> None:
    names = [f"A speaker with a long name {i}" for i in range(12)]
    share = np.linspace(0.09, 0.004, 12)
    table = pd.DataFrame(
        {
            "group": pd.Series([None] * 12, dtype="str"), "period": pd.Series([None] * 12, dtype="str"),
            "speaker": pd.Series(names, dtype="str"), "kind": "name", "n_words": np.arange(12, 0, -1), "share": share,
            "n_docs": 1,
        }
    )  # fmt: skip
    result = Result(
        kind="speakers",
        table=table,
        unit="words",
        params={"voice": ["quotation"]},
        corpus_fingerprint="f" * 32,
    )
    figure = plot(result)
    marks = hits(figure)
    held = io.BytesIO()
    theme.save_png(figure, held)
    held.seek(0)
    picture = imread(held, format="png")
    height, width = picture.shape[:2]
    wanted = np.array([int(theme.STRONG[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    assert [m.row for m in marks] == list(range(12))
    for mark in marks:
        for x in (mark.left + 0.15 * (mark.right - mark.left), mark.right - 0.15 * (mark.right - mark.left)):
            pixel = picture[int((mark.top + mark.bottom) / 2 * height), int(x * width), :3]
            np.testing.assert_allclose(pixel, wanted, atol=0.02)
    assert marks == hits(figure)
