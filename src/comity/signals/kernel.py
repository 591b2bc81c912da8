"""How a kernel is compiled: strict arithmetic, without the interpreter's lock, kept on disk."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    return cast(Function, njit(nogil=True, cache=True)(function))
