"""Intervals of rates from sums over stories: worked by hand, at the edges, and how often they cover."""

import numpy as np
import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.stats.story_rates import StorySums, story_rate
from benchmarks.frequency_intervals import coverage


def sums(x: list[float], n: list[float]) -> StorySums:
    a, b = np.array(x), np.array(n)
    return StorySums(
        a.sum(), (a * a).sum(), (a * b).sum(), (a > 0).sum(), a.max(), b.sum(), (b * b).sum(), b.size
    )


def test_an_interval_worked_by_hand() -> None:
    """Six stories of 100 words with 3, 1, 2, 0, 0, 0 occurrences: r = 6/600 = .01.

    Deviations 2, 0, 1, -1, -1, -1, squares 8: v = 6/5 * 8 / 600^2 = 2.6667e-5. (sum x)^2 / sum x^2 = 36/14 = 2.5714
    degrees of freedom. One more story: 3/600 * (1 - 3/6) = .0025.
    """
    low, high = story_rate(sums([3, 1, 2, 0, 0, 0], [100.0] * 6))
    v = 2.66666666667e-5 * (stats.t.ppf(0.975, 36 / 14) / stats.norm.ppf(0.975)) ** 2
    assert low == pytest.approx(stats.gamma.ppf(0.025, 0.01**2 / v, scale=v / 0.01), rel=1e-9)
    y, w = 0.0125, v + 0.0025**2
    assert high == pytest.approx(stats.gamma.ppf(0.975, y**2 / w, scale=w / y), rel=1e-9)
    assert low < 0.01 < high


def test_stories_alike_leave_hardly_any_doubt() -> None:
    low, high = story_rate(sums([2] * 8, [100.0] * 8))
    assert low == pytest.approx(0.02, rel=1e-3)
    assert high == pytest.approx(0.02, rel=1e-3)


def test_few_stories_have_no_interval() -> None:
    low, high = story_rate(sums([1, 0, 2, 1], [50.0] * 4))
    assert np.isnan(low)
    assert np.isnan(high)


def test_sums_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="sums over stories"):
        story_rate(StorySums(5, 3, 9, 1, 2, 100, 900, 12))


@pytest.mark.slow
def test_intervals_cover_what_they_claim_and_those_by_articles_do_not() -> None:
    by_story = coverage(1500, 20)
    assert all(0.93 <= share <= 0.975 for share, n in by_story.values() if n > 1000), by_story
    by_article = coverage(300, 20, articles=True)
    assert max(share for low, (share, _) in by_article.items() if low >= 10) < 0.9
