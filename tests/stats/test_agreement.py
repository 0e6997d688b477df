"""Krippendorff's alpha against his own worked example and NLTK."""

import numpy as np
import pytest
from nltk.metrics import binary_distance, interval_distance
from nltk.metrics.agreement import AnnotationTask

from analysis.errors import InputError
from analysis.stats.agreement import krippendorff

_ = np.nan
# Krippendorff (2011), Computing Krippendorff's alpha-reliability, example C: four observers, twelve units.
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T


@pytest.mark.parametrize(("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_that_of_the_published_example(metric: str, alpha: float) -> None:
    found = krippendorff(FOUR, metric=metric)
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert (found.n_units, found.n_codes) == (11, 40)  # the unit with one code is left out
    assert found.low < found.alpha <= found.high


@pytest.mark.parametrize(
    ("metric", "distance"), [("nominal", binary_distance), ("interval", interval_distance)]
)
def test_alpha_is_that_of_nltk(metric: str, distance: object) -> None:
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 4, (60, 3)).astype(float)
    codes[:, 1] = np.where(rng.random(60) < 0.7, codes[:, 0], codes[:, 1])
    triples = [(str(c), str(u), int(codes[u, c])) for u in range(60) for c in range(3)]
    assert krippendorff(codes, metric=metric, n_boot=0).alpha == pytest.approx(
        AnnotationTask(triples, distance=distance).alpha()
    )


def test_coders_who_always_agree_have_alpha_one_and_those_who_never_vary_have_none() -> None:
    assert krippendorff([[1, 1], [2, 2], [1, 1]], n_boot=0).alpha == 1
    assert np.isnan(krippendorff([[1, 1], [1, 1]], n_boot=0).alpha)
    assert np.isnan(krippendorff([[1, np.nan]], n_boot=0).alpha)


def test_the_interval_covers_the_alpha_of_all_units() -> None:
    """100 samples of 80 units from 20,000; two coders, a third of their codes by chance."""
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, 20_000)
    codes = np.stack(
        [np.where(rng.random(20_000) < 1 / 6, rng.integers(0, 3, 20_000), truth) for _ in range(2)], axis=1
    )
    alpha = krippendorff(codes.astype(float), n_boot=0).alpha
    covered = 0
    for s in range(100):
        found = krippendorff(codes[rng.permutation(20_000)[:80]].astype(float), n_boot=499, seed=s)
        covered += found.low <= alpha <= found.high
    assert covered / 100 >= 0.88


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(InputError, match="no table"):
        krippendorff([1, 2, 3])
    with pytest.raises(InputError, match="metric"):
        krippendorff(FOUR, metric="ratio")
