"""Lines, grids and splits are drawn with their gaps, from one point to many."""

import io

import numpy as np
import pytest

import analysis as an
from analysis.plots import alt_text
from analysis.plots.theme import save_png
from tests.series.conftest import Made, Make, days, rng, window


@pytest.fixture
def made(make: Make) -> Made:
    draw = rng(1)
    rows = [
        (o, d, float(draw.random() < 0.3), 1.0)
        for o in ("Courier", "Post", "$x$ <b>")
        for d in days("2025-01-06", 70)
    ]
    toml = window("*", "2025-01-06", "2025-03-16") + window("Post", "2025-01-06", "2025-02-02")
    return make(rows, toml + window("Post", "2025-02-17", "2025-03-16"))


def test_a_line_breaks_where_nothing_was_collected(made: Made) -> None:
    line = an.trend(made.measurement(), by="week", across="outlet", n_boot=99)
    figure = an.plot(line)
    save_png(figure, io.BytesIO())
    titles = {a.get_title(loc="left"): a for a in figure.axes}
    drawn = np.asarray(titles["Post"].lines[0].get_ydata(), dtype=float)
    assert np.isnan(drawn[4:6]).all()
    assert not np.isnan(np.delete(drawn, [4, 5])).any()
    assert "2 of 30 points are gaps" in alt_text(line)


def test_every_shape_is_drawn(made: Made) -> None:
    m = made.measurement()
    for by in ("day", "week", "year"):
        save_png(an.plot(an.trend(m, by=by, n_boot=99)), io.BytesIO())
    overlaid = an.trend(m, by="week", across="outlet", inference=None)
    save_png(an.plot(overlaid, shape="together"), io.BytesIO())
    save_png(an.plot(an.trend(an.volume(made.corpus), by="week", n_boot=99)), io.BytesIO())
    save_png(an.plot(an.coverage(made.corpus, by="day")), io.BytesIO())
    split = an.composition(m, target={"since": "2025-02"}, reference={"until": "2025-01"})
    save_png(an.plot(split), io.BytesIO())
    assert "within" in alt_text(split)


def test_one_point_is_drawn(make: Make) -> None:
    m = make([("Courier", "2025-01-08", 0.0, 4.0)]).measurement()
    save_png(an.plot(an.trend(m, by="month", n_boot=99)), io.BytesIO())
