"""How kernels are compiled: strict arithmetic, without the interpreter's lock, kept on disk."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

_numba: Any = njit


def compiled(function: Function) -> Function:
    """A kernel: a function over arrays, compiled when it is first called."""
    return cast(Function, _numba(nogil=True, cache=True, no_cfunc_wrapper=True)(function))
