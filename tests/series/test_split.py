"""A changed mix is no changed journalism: the split says so exactly, and the standardised line stays."""

import numpy as np
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from analysis.series.split import split
from analysis.series.standard import standardised
from tests.series.conftest import Make, days, window


def test_constant_outlets_and_a_moving_mix_are_all_mix() -> None:
    found = split(np.array([4.0, 5]), np.array([80.0, 20]), np.array([1.0, 20]), np.array([20.0, 80]))
    assert (found.reference, found.target) == pytest.approx((0.09, 0.21), abs=1e-15)
    assert np.abs(found.within).max() < 1e-12
    assert found.mix.sum() == pytest.approx(0.12, abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_the_parts_add_up_whatever_joins_and_leaves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n0, n1 = rng.integers(0, 4, (2, 9)) * rng.integers(1, 1000, (2, 9)).astype(float)
    n0[0], n1[0] = 50, 70
    x0, x1 = rng.normal(0, 1, 9) * n0, rng.normal(0, 1, 9) * n1
    found = split(x0, n0, x1, n1)
    parts = found.within + found.mix + found.entry + found.exit
    assert parts.sum() == pytest.approx(found.change, abs=1e-12)
    assert (found.entry[(n0 > 0)] == 0).all()
    assert (found.exit[(n1 > 0)] == 0).all()


def test_without_a_common_stratum_nothing_is_split() -> None:
    found = split(np.array([1.0, 0]), np.array([10.0, 0]), np.array([0.0, 3]), np.array([0.0, 10]))
    assert found.change == pytest.approx(0.2)
    assert np.isnan(found.within).all()
    with pytest.raises(InputError, match="denominator"):
        split(np.zeros(2), np.zeros(2), np.ones(2), np.ones(2))


def test_the_standardised_line_of_constant_outlets_is_flat() -> None:
    share = np.linspace(0.2, 0.8, 12)
    n = 100 * np.stack([1 - share, share])
    x = np.array([[0.05], [0.25]]) * n
    found = standardised(x, n)
    assert found.kind == "fixed"
    assert np.ptp(found.line) < 1e-12
    assert np.ptp(x.sum(axis=0) / n.sum(axis=0)) == pytest.approx(0.12)


def test_outlets_that_take_turns_are_compared_through_their_overlaps() -> None:
    level = np.array([[0.1], [0.3], [0.5]])
    n = np.zeros((3, 12))
    n[0, :6], n[1, 4:10], n[2, 8:] = 100, 100, 100
    found = standardised(level * n, n)
    assert found.kind == "overlaps"
    assert np.ptp(found.line) < 1e-12
    n[1, 4:6] = 0  # now nothing connects the first outlet with the others
    broken = standardised(level * n, n)
    assert broken.unsupported.tolist() == [True] * 6 + [False] * 6
    assert np.isnan(broken.line[:6]).all()
    assert np.ptp(broken.line[6:]) < 1e-12


def test_nothing_has_no_line() -> None:
    found = standardised(np.zeros((2, 3)), np.zeros((2, 3)))
    assert found.kind == "none"
    assert np.isnan(found.line).all()


def moving_mix(make: Make) -> an.Measurement:
    """Courier at 5 %, Post at 25 %; the Post's share of the articles moves from .2 to .8."""
    rows = []
    for m, (small, large) in enumerate(((80, 20), (60, 40), (40, 60), (20, 80)), 1):
        rows += [
            ("Courier", f"2025-{m:02d}-{i % 28 + 1:02d}", float(i < small // 20), 1.0) for i in range(small)
        ]
        rows += [("Post", f"2025-{m:02d}-{i % 28 + 1:02d}", float(i < large // 4), 1.0) for i in range(large)]
    return make(rows, window("*", "2025-01-01", "2025-04-30")).measurement()


def test_a_rise_that_is_all_mix_is_called_so(make: Make) -> None:
    m = moving_mix(make)
    line = an.trend(m, by="month", n_boot=99)
    assert line.table.estimate.tolist() == pytest.approx([0.09, 0.13, 0.17, 0.21])
    assert np.ptp(line.table.standardised) < 1e-12
    assert any("WARNING" in n and "held fixed" in n for n in line.notes)
    found = an.composition(m, target={"since": "2025-04"}, reference={"until": "2025-01"})
    whole = found.table[found.table.share_reference.isna()].set_index("component").effect
    assert whole["change"] == pytest.approx(0.12, abs=1e-12)
    assert abs(whole["within"]) < 1e-12
    assert whole["mix"] == pytest.approx(0.12, abs=1e-12)
    assert any("WARNING" in n for n in found.notes)


def test_an_outlet_that_joins_has_no_common_support_and_is_named(make: Make) -> None:
    rows = [("Courier", d, 1.0, 10.0) for d in days("2024-12-01", 60)]
    rows += [("Newcomer", d, 5.0, 10.0) for d in days("2025-01-01", 29)]
    m = make(rows).measurement()
    found = an.composition(m, target={"since": "2025"}, reference={"until": "2024"})
    entry = found.table[(found.table.component == "entry") & (found.table.stratum == "Newcomer")]
    assert entry.effect.iloc[0] == pytest.approx(0.5 * 0.4)  # half of the articles, .4 above those who stay
    assert any("without common support: Newcomer" in n for n in found.notes)
    later, earlier = ({"outlet": "Newcomer", **when} for when in ({"since": "2025"}, {"until": "2024"}))
    with pytest.raises(SelectionError, match="no common support"):
        an.composition(m, target=later, reference=earlier)


def test_a_tone_constant_within_voices_with_more_quotation_is_said_to_be_mix(make: Make) -> None:
    rows = [("Courier", d, 0.0, 1.0) for d in days("2025-01-01", 59)]
    made = make(rows, window("*", "2025-01-01", "2025-02-28"))
    base = made.measurement()
    january = (made.corpus.articles(["published"]).published < "2025-02-01").to_numpy()

    def voice(tone: float, early: float, late: float) -> an.Measurement:
        n = np.where(january, early, late)
        return an.Measurement(
            kind="tone", label="tone", unit="per segment", params={"tone": tone}, source=made.corpus,
            table=base.table.assign(numerator=tone * n, denominator=n), corpus_fingerprint=base.corpus_fingerprint,
        )  # fmt: skip

    found = an.composition(
        {"narration": voice(0.1, 8, 5), "quotation": voice(-0.2, 2, 5)},
        target={"since": "2025-02"},
        reference={"until": "2025-01"},
        over="voice",
    )
    whole = found.table[found.table.share_reference.isna()].set_index("component").effect
    assert whole["change"] == pytest.approx(-0.09)
    assert abs(whole["within"]) < 1e-12
    assert any("WARNING" in n and "within voices" in n for n in found.notes)
