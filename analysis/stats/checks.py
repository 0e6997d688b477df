"""Reading arguments into arrays, with the package's errors. Not for cleaning: what does not fit is refused."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import InputError, message

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_EXACT = 2.0**53  # whole numbers up to here have a float of their own


def floats(name: str, values: npt.ArrayLike, *, at_least: float | None = 0.0, null: bool = False) -> Floats:
    """Return numbers as float64, of any shape.

    Parameters
    ----------
    name
        The argument's name, for the message.
    values
        Numbers; not text, not dates.
    at_least
        The smallest that is allowed; None for any.
    null
        Whether NaN is allowed.

    Raises
    ------
    InputError
        They are not numbers, are not finite, or lie below `at_least`.
    """
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            message(f"`{name}` does not hold numbers", got=values, expected="numbers")
        ) from error
    wrong = np.isinf(array) if null else ~np.isfinite(array)
    if wrong.any():
        raise InputError(
            message(
                f"`{name}` is not finite everywhere", got=float(array[wrong][0]), expected="finite numbers"
            )
        )
    if at_least is not None and (array < at_least).any():
        raise InputError(
            message(f"`{name}` is too small", got=float(np.nanmin(array)), expected=f"{at_least:g} or more")
        )
    return array


def vector(
    name: str,
    values: npt.ArrayLike,
    length: int | None = None,
    *,
    at_least: float | None = 0.0,
    null: bool = False,
) -> Floats:
    """Return numbers as a float64 array of one dimension, of this length where one is given."""
    array = floats(name, values, at_least=at_least, null=null)
    _one_dimension(name, array, length)
    return array


def number(name: str, value: float, *, above: float = 0.0) -> float:
    """Return one finite number above `above`."""
    array = floats(name, value, at_least=None)
    if array.ndim or not array > above:
        raise InputError(
            message(f"`{name}` is out of range", got=value, expected=f"one number above {above:g}")
        )
    return float(array)


def codes(name: str, values: npt.ArrayLike, length: int | None = None) -> Ints:
    """Return whole numbers as int64, one dimension. Ids of stories or groups; text has to be coded first."""
    array = np.asarray(values)
    if array.size == 0 and array.ndim == 1:
        array = array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise InputError(
            message(
                f"`{name}` does not hold whole numbers",
                got=array.dtype.name,
                expected="an array of integers",
                hint="np.unique(values, return_inverse=True)[1] turns names into numbers.",
            )
        )
    _one_dimension(name, array, length)
    return array.astype(np.int64)


def labels(name: str, values: npt.ArrayLike, length: int | None = None) -> Bools:
    """Return true-or-false values as an array of one dimension; 0 and 1 are not guessed to mean them."""
    array = np.asarray(values)
    if array.dtype != np.bool_:
        raise InputError(
            message(
                f"`{name}` does not hold true or false", got=array.dtype.name, expected="an array of bool"
            )
        )
    _one_dimension(name, array, length)
    return array


def counts_matrix(name: str, values: Any) -> sparse.csr_array:
    """Return a matrix of counts (rows x terms) as CSR of float64 without duplicates or stored zeros.

    Raises
    ------
    InputError
        It has not two dimensions, or holds something that is not a whole number of at least 0.
    """
    if not sparse.issparse(values):
        values = floats(name, values)
    if values.ndim != 2:
        raise InputError(message(f"`{name}` is not a matrix", got=values.shape, expected="rows x terms"))
    matrix = sparse.csr_array(values, dtype=np.float64, copy=True)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    data = matrix.data
    if data.size and not (np.all(data >= 0) and np.all(data == np.floor(data)) and data.max() < _EXACT):
        raise InputError(message(f"`{name}` does not hold counts", expected="whole numbers of at least 0"))
    return matrix


def share(name: str, value: float) -> float:
    """Return a number strictly between 0 and 1."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating) or not 0 < value < 1:
        raise InputError(message(f"`{name}` is not a share", got=value, expected="a number between 0 and 1"))
    return float(value)


def whole(name: str, value: int, *, at_least: int = 1) -> int:
    """Return a whole number of at least `at_least`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < at_least:
        raise InputError(
            message(f"`{name}` is out of range", got=value, expected=f"a whole number of at least {at_least}")
        )
    return int(value)


def _one_dimension(name: str, array: npt.NDArray[Any], length: int | None) -> None:
    if array.ndim != 1 or (length is not None and array.size != length):
        expected = "one dimension" if length is None else f"({length},)"
        raise InputError(message(f"`{name}` has the wrong shape", got=array.shape, expected=expected))
