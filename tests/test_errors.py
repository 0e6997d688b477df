"""One family of errors and one shape of message."""

import pytest

from analysis import errors


def test_a_message_says_what_got_expected_and_the_next_step() -> None:
    text = errors.message("`n` is too small", got=0, expected="1 or more", hint="Leave it out for all.")
    assert text == "`n` is too small: got 0; expected 1 or more. Leave it out for all."


def test_a_long_value_is_cut_so_that_the_message_stays_readable() -> None:
    assert len(errors.message("wrong", got="x" * 10_000)) < 150


def test_every_error_is_of_the_family_and_of_its_built_in_kind() -> None:
    kinds = {
        errors.InputError: ValueError,
        errors.UnknownNameError: KeyError,
        errors.CorpusError: RuntimeError,
    }
    for ours, built_in in kinds.items():
        assert issubclass(ours, errors.AnalysisError)
        assert issubclass(ours, built_in)
    assert issubclass(errors.RejectedError, errors.CorpusError)


def test_an_unknown_name_reads_as_text_not_as_a_repr() -> None:
    assert str(errors.UnknownNameError("no outlet 'Dwan'")) == "no outlet 'Dwan'"


def test_a_near_miss_is_suggested_whatever_its_case_and_a_far_one_is_not() -> None:
    assert errors.did_you_mean("dawn", ["Dawn", "APP"]) == "Did you mean 'Dawn'?"
    assert errors.did_you_mean("xyzzy", ["Dawn", "APP"]) == ""


@pytest.mark.parametrize("value", ["weekly", None, 7])
def test_a_choice_outside_the_list_names_the_list(value: object) -> None:
    with pytest.raises(errors.InputError, match="one of 'day', 'week'"):
        errors.choose("by", value, ["day", "week"])
