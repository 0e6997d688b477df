"""The spans around a date touch it and each other, and nothing else."""

import datetime as dt

import pytest

import analysis as an
from analysis.errors import InputError


def test_the_spans_meet_at_the_date_and_have_their_length() -> None:
    sides = an.around(dt.date(2024, 3, 1), by="week", before=1, after=2)
    assert sides["reference"] == {"since": "2024-02-23", "until": "2024-02-29"}
    assert sides["target"] == {"since": "2024-03-01", "until": "2024-03-14"}
    assert an.around("2024-03-01", by="month", before=1, after=1)["target"]["until"] == "2024-03-30"


@pytest.mark.parametrize(
    "wrong", [{"by": "quarter"}, {"before": 0}, {"after": -1}, {"before": 1.5}, {"after": True}]
)
def test_other_lengths_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        an.around("2024-03-01", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a date"):
        an.around("1st of March")
