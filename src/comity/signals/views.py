"""Views of a text: what it says once disguises are undone, and where each letter came from.

The noun is `View`, the verb `view`. The work is done by one compiled kernel, which the scorer
shares; it is loaded on first use, so that importing this module costs nothing.
"""

from dataclasses import dataclass

import numpy as np

from comity.signals.tables import Ints, shipped


@dataclass(frozen=True, slots=True)
class View:
    """A folded text. `first[i]` and `last[i]` bound the part of the original under character i."""

    text: str
    disguised: bool
    """Letters had been hidden, swapped or set apart. Case, width of Chinese signs, Traditional
    characters and emphasis ("soooo") are ordinary writing, not disguise."""
    first: Ints
    last: Ints

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """The code points of the original text under `text[begin:end]` (not empty)."""
        return int(self.first[begin]), int(self.last[end - 1])


def view(text: str, table: Ints | None = None) -> View:
    """Fold a text of any length and any Unicode, lone surrogates included, in linear time."""
    from comity.signals.fold import LONGEST, fold

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)
    out, first, last = (np.empty(LONGEST * points.size, np.int32) for _ in range(3))
    kinds = np.empty(out.size, np.uint8)
    table = shipped() if table is None else table
    length, disguised = fold(points, table, out, kinds, first, last)
    folded = out[:length].tobytes().decode("utf-32-le", "surrogatepass")
    return View(folded, disguised, first[:length], last[:length])


def plain(text: str) -> str:
    """The text in lower case with disguises undone."""
    return view(text).text


def disguised(text: str) -> bool:
    """Whether undoing disguise changed letters."""
    return view(text).disguised
