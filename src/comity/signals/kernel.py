"""How kernels are compiled: strict arithmetic, kept on disk, most without the lock of Python."""

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


def brief(function: Function) -> Function:
    """A kernel that Python calls for each text: it keeps the interpreter's lock.

    It is done in microseconds, while in a busy server getting the lock back can take a hundred
    times as long.
    """
    return cast(Function, _numba(**_OPTIONS | {"nogil": False})(function))


def inner(function: Function) -> Function:
    """A part of kernels, called by them alone: it needs no wrapper for Python either."""
    return cast(Function, _numba(**_OPTIONS, no_cpython_wrapper=True)(function))
