"""Two sides are compared by stories, and both ways give the same answer."""

import numpy as np
import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from tests.series.conftest import Make, days, rng

COURIER, POST = {"outlet": "Courier"}, {"outlet": "Post"}


def two_outlets(make: Make, first: float, second: float, n: int = 120) -> an.Measurement:
    """A share of articles in each of two outlets."""
    draw = rng(11)
    rows = [
        (o, d, float(draw.random() < p), 1.0)
        for o, p in (("Courier", first), ("Post", second))
        for d in days("2025-01-01", n)
    ]
    return make(rows, section=lambda i: "Sport" if i % 3 else "World").measurement()


def test_a_difference_is_found_and_turns_with_the_sides(make: Make) -> None:
    m = two_outlets(make, 0.6, 0.3)
    one = an.compare(m, target=COURIER, reference=POST, n_permutations=499).table.iloc[0]
    two = an.compare(m, target=POST, reference=COURIER, n_permutations=499).table.iloc[0]
    assert one.p == pytest.approx(1 / 500)
    assert one.low > 0
    assert one.difference == pytest.approx(-two.difference)
    assert (one.low, one.high) == pytest.approx((-two.high, -two.low), rel=0.1)
    assert one.ratio == pytest.approx(1 / two.ratio)
    assert (one.n_docs_target, one.n_stories_both, one.method) == (120, 0, "permutation")


def test_equal_sides_are_not_found_different(make: Make) -> None:
    found = an.compare(two_outlets(make, 0.4, 0.4), target=COURIER, reference=POST, n_permutations=499)
    assert found.table.p[0] > 0.05
    assert found.table.low[0] < 0 < found.table.high[0]


def test_scores_below_zero_are_compared_as_well(make: Make) -> None:
    m = two_outlets(make, 0.6, 0.3)
    moved = an.Measurement(
        kind=m.kind, label=m.label, unit=m.unit, params={}, corpus_fingerprint=m.corpus_fingerprint, source=m.source,
        table=m.table.assign(numerator=m.table.numerator - 3),
    )  # fmt: skip
    one, two = (
        an.compare(v, target=COURIER, reference=POST, n_permutations=199).table.iloc[0] for v in (m, moved)
    )
    assert two.difference == pytest.approx(one.difference)
    assert two.p == one.p
    assert np.isnan(two.ratio)


def test_standardising_gives_a_second_row(make: Make) -> None:
    found = an.compare(
        two_outlets(make, 0.6, 0.3), target=COURIER, reference=POST, standardise="section", n_permutations=99
    ).table
    assert found.contrast.tolist() == ["pooled", "standardised"]
    assert found.difference[1] == pytest.approx(found.difference[0], abs=0.05)


def test_outlets_cannot_be_standardised_over_themselves(make: Make) -> None:
    m = two_outlets(make, 0.6, 0.3, 20)
    found = an.compare(m, target=COURIER, reference=POST, standardise="outlet", n_permutations=99)
    assert np.isnan(found.table.difference[1])
    assert any("No common support" in n for n in found.notes)


def test_few_stories_give_a_difference_and_no_test(make: Make) -> None:
    found = an.compare(two_outlets(make, 0.6, 0.3, 4), target=COURIER, reference=POST)
    assert np.isnan(found.table.p[0])
    assert any("fewer than 5 stories" in n for n in found.notes)


def test_groups_need_no_dates(make: Make) -> None:
    rows = [(o, None, float(i % 2), 1.0) for o in ("Courier", "Post") for i in range(10)]
    found = an.compare(make(rows).measurement(), target=COURIER, reference=POST, n_permutations=99)
    assert found.table.difference[0] == 0


@pytest.mark.parametrize(
    ("target", "reference", "said"),
    [
        ({}, POST, "says nothing"),
        ({"outlets": "Courier"}, POST, "Did you mean 'outlet'"),
        (COURIER, {"outlet": ["Courier", "Post"]}, "on both sides"),
        ({"outlet": "Courier", "text": "unheardof"}, POST, "no measured article"),
    ],
)
def test_wrong_sides_are_named(
    make: Make, target: dict[str, str], reference: dict[str, str], said: str
) -> None:
    with pytest.raises((InputError, SelectionError), match=said):
        an.compare(two_outlets(make, 0.5, 0.5, 10), target=target, reference=reference)


def test_before_and_after_uses_periods_and_counts_placebo_dates(make: Make) -> None:
    draw = rng(12)
    rows = [
        ("Courier", d, float(draw.random() < (0.2 if d < "2025-03-01" else 0.6)), 1.0)
        for d in days("2024-10-01", 280)
        for _ in range(3)
    ]
    m = make(rows).measurement()
    after = {"since": "2025-03-01", "until": "2025-04-30"}
    before = {"since": "2025-01-01", "until": "2025-02-28"}
    row = an.compare(m, target=after, reference=before, n_permutations=199).table.iloc[0]
    assert row.method == "before_after"
    assert row.p < 0.05
    assert row.n_placebo > 0
    back = an.compare(m, target=before, reference=after, n_permutations=199).table.iloc[0]
    assert back.difference == pytest.approx(-row.difference)
    assert (back.low, back.high) == pytest.approx((-row.high, -row.low))
