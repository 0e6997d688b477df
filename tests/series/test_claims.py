"""Everything that was looked at is paid for."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError, UnknownNameError
from analysis.stats.multiple import benjamini_hochberg, holm


def result_of(p: list[float], name: str, kind: str = "compare") -> an.Result:
    """A result with these p."""
    table = pd.DataFrame({"term": [f"t{i}" for i in range(len(p))], "difference": 1.0, "p": p})
    return an.Result(kind=kind, table=table, unit="", params={"label": name}, corpus_fingerprint="f" * 32)


def test_single_tests_are_benjamini_hochberg_over_all() -> None:
    p = [0.001, 0.2, 0.012, 0.9, 0.04]
    found = an.claims([result_of([v], f"m{i}") for i, v in enumerate(p)]).table
    np.testing.assert_allclose(found.q_within, p)  # each its own family
    assert found.found.tolist() == (benjamini_hochberg(p) <= 0.05).tolist()


def test_a_vocabulary_is_one_family_and_pays_for_its_size() -> None:
    words, single = result_of([0.02] + [0.5] * 99, "keyness", "keyness"), result_of([0.02], "tone")
    found = an.claims([words, single]).table
    assert found[found.label == "tone"].found.all()
    assert not found[found.label == "keyness"].found.any()
    assert found[found.label == "keyness"].q.isna().all()  # the family was not selected


def test_the_same_result_twice_counts_once() -> None:
    r = result_of([0.03], "a")
    assert len(an.claims([r, r]).table) == 1


def test_confirmatory_tests_are_held_by_holm_and_leave_the_families() -> None:
    a, b, c = result_of([0.01], "a"), result_of([0.04], "b"), result_of([0.04], "c")
    found = an.claims([a, b, c], confirmatory=[a, b.signature]).table
    assert found.role.tolist() == ["confirmatory", "confirmatory", "exploratory"]
    np.testing.assert_allclose(found.p_holm[:2], holm([0.01, 0.04]))
    assert found.q[:2].isna().all()
    assert found.q[2] == pytest.approx(0.04)
    with pytest.raises(UnknownNameError, match="not among"):
        an.claims([a], confirmatory=[b])


def test_null_series_are_found_at_most_as_often_as_said() -> None:
    """Stylised: 100 tables of 200 independent null tests; some false finding in 5 % of them, and chance."""
    rng = np.random.default_rng(1)
    tables = [
        an.claims([result_of([float(v)], f"{i}") for i, v in enumerate(rng.random(200))]).table
        for _ in range(100)
    ]
    assert np.mean([t.found.any() for t in tables]) < 0.12


def test_what_tests_nothing_is_named() -> None:
    table = pd.DataFrame({"estimate": [1.0]})
    line = an.Result(kind="trend", table=table, unit="", params={}, corpus_fingerprint="f")
    found = an.claims([line])
    assert len(found.table) == 0
    assert any("Nothing was tested" in n for n in found.notes)
    assert any("trend" in n for n in found.notes)


def test_a_test_that_was_not_made_counts_for_nothing() -> None:
    found = an.claims({"words": [result_of([0.04, np.nan, np.nan], "a")]}).table
    assert found.q[0] == pytest.approx(0.04)
    assert found.q[1:].isna().all()
    assert found.found.tolist() == [True, False, False]


@pytest.mark.parametrize("wrong", [[], [3], "trend", 5])
def test_wrong_lists_are_refused(wrong: object) -> None:
    with pytest.raises(InputError):
        an.claims(wrong)  # type: ignore[arg-type]


def test_a_break_is_named_by_its_date_and_the_interval_of_a_date_is_none_of_an_effect() -> None:
    day = pd.to_datetime(["2024-11-18", None])
    table = pd.DataFrame(
        {
            "group": "all",
            "break": day,
            "low": day,
            "high": day,
            "difference": [-0.07, np.nan],
            "p": [0.002, 0.5],
        }
    )
    one = an.Result(
        kind="breaks", table=table, unit="", params={"label": "tone"}, corpus_fingerprint="f" * 32
    )
    found = an.claims([one]).table
    assert found.what.iloc[0] == "2024-11-18"
    assert found.what.isna().tolist() == [False, True]
    assert found.low.isna().all()
    assert found.high.isna().all()
    assert found.effect.iloc[0] == -0.07
