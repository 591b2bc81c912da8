"""How kernels are compiled: strict arithmetic, without the interpreter's lock, kept on disk."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

_numba: Any = njit
# A wrapper for C callers, which there are none of, takes as long to compile as many a kernel.
_OPTIONS = {"nogil": True, "cache": True, "no_cfunc_wrapper": True}


def compiled(function: Function) -> Function:
    """A kernel that Python calls."""
    return cast(Function, _numba(**_OPTIONS)(function))


def inner(function: Function) -> Function:
    """A part of kernels, called by them alone: it needs no wrapper for Python either."""
    return cast(Function, _numba(**_OPTIONS, no_cpython_wrapper=True)(function))
