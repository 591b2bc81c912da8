"""How kernels are compiled: strict arithmetic on one thread, so that a sum stays the same sum."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

_numba: Any = njit


def compiled(function: Function) -> Function:
    """A kernel, compiled at its first call and kept on disk."""
    return cast(Function, _numba(nogil=True, cache=True, no_cfunc_wrapper=True)(function))
