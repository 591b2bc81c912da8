"""Comity: software with which an online community governs itself.

What is named here is what other programs may import; everything else is private.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from comity.charter import Charter, CharterError
    from comity.decisions import Decision, decide
    from comity.event import Event, EventError, read_event
    from comity.signals import Scorer, measure, measure_all

__all__ = [
    "Charter",
    "CharterError",
    "Decision",
    "Event",
    "EventError",
    "Scorer",
    "decide",
    "measure",
    "measure_all",
    "read_event",
]

_ROOMS: Final = {
    "Charter": "charter",
    "CharterError": "charter",
    "Decision": "decisions",
    "decide": "decisions",
    "Event": "event",
    "EventError": "event",
    "read_event": "event",
    "Scorer": "signals",
    "measure": "signals",
    "measure_all": "signals",
}


def __getattr__(name: str) -> Any:
    """Open a room when its first name is asked for, so that `comity --help` answers at once."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'comity' has no attribute '{name}'")
    return getattr(import_module(f"comity.{_ROOMS[name]}"), name)
