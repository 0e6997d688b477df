"""A report goes on where a corpus has no answer, says why, and stops at a slip of the pen."""

import pytest

import analysis as an
from analysis.errors import InputError, SelectionError
from analysis.report.answer import NotAnswered, answer


def refuses(*values: object) -> object:
    raise SelectionError("No article of this corpus has a <date>.")


def test_a_question_without_an_answer_says_why_and_is_escaped() -> None:
    made = answer(refuses)
    assert isinstance(made, NotAnswered)
    assert str(made) == "Not answered (refuses): No article of this corpus has a <date>."
    assert "&lt;date&gt;" in made._repr_html_()


def test_what_rests_on_it_has_none_either_and_lists_go_on_with_the_others() -> None:
    lacking = answer(refuses)
    assert answer(sum, lacking) is lacking
    assert answer(sum, [lacking, 2, 3]) == 5
    assert answer(sum, [lacking]) is lacking
    assert answer(sum, []) == 0


def test_a_wrong_call_is_raised() -> None:
    with pytest.raises(InputError):
        answer(an.around, "2025-01-20", by="fortnight")
    with pytest.raises(ZeroDivisionError):
        answer(divmod, 1, 0)
