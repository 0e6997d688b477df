"""One family of errors and one shape of message: what, got, expected, next step.

Bad *calls* raise one of these at once, before work starts. Bad *records* never raise: readers set them
aside as rejects (see `analysis.readers.base`).
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class AnalysisError(Exception):
    """The root of every error this package raises on purpose."""


class InputError(AnalysisError, ValueError):
    """An argument or a file is not what was expected."""


class UnknownNameError(AnalysisError, KeyError):
    """A name (field, outlet, document, topic...) that is not there."""

    def __str__(self) -> str:  # KeyError would show the repr of the message
        return str(self.args[0]) if self.args else ""


class CorpusError(AnalysisError, RuntimeError):
    """A corpus on disk is missing, locked, damaged, or of another version."""


class RejectedError(CorpusError):
    """Too many bad records: nothing was replaced."""


class SelectionError(AnalysisError, ValueError):
    """The question needs what this corpus or selection cannot give."""


class ReportError(AnalysisError, RuntimeError):
    """A report did not run to its end."""


def message(what: str, *, got: object = None, expected: str = "", hint: str = "") -> str:
    """Build the text of an error.

    >>> message("`by` is not a period", got="weekly", expected="one of 'day', 'week'", hint="Did you mean 'week'?")
    "`by` is not a period: got 'weekly'; expected one of 'day', 'week'. Did you mean 'week'?"
    """
    text = what
    if got is not None:
        text += f": got {_short(got)}"
    if expected:
        text += f"; expected {expected}"
    text = text.rstrip(".") + "."
    return f"{text} {hint}" if hint else text


def choose(name: str, value: object, choices: Iterable[str]) -> str:
    """Return `value` when it is one of `choices`; raise a helpful InputError otherwise.

    >>> choose("by", "week", ["day", "week"])
    'week'
    """
    allowed = list(choices)
    if isinstance(value, str) and value in allowed:
        return value
    raise InputError(
        message(
            f"`{name}` is not a known choice",
            got=value,
            expected="one of " + ", ".join(repr(c) for c in allowed),
            hint=did_you_mean(value, allowed),
        )
    )


def did_you_mean(value: object, known: Sequence[str], *, n: int = 1) -> str:
    """Suggest the nearest known names, or nothing.

    >>> did_you_mean("weekly", ["day", "week"])
    "Did you mean 'week'?"
    """
    folded = {k.casefold(): k for k in known}
    near = get_close_matches(str(value).casefold(), list(folded), n=n, cutoff=0.5)
    return "Did you mean " + " or ".join(repr(folded[m]) for m in near) + "?" if near else ""


def _short(value: object, limit: int = 120) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
