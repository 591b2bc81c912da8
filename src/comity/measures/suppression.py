"""Keeping small counts back, in such a way that nobody can compute them from the rest."""

from collections.abc import Mapping
from typing import Final, TypeVar

SMALLEST: Final = 5
"""Counts from one to below this are kept back. Nought is shown: it is about nobody."""

K = TypeVar("K")


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def suppress(counts: Mapping[K, int]) -> dict[K, int | None]:
    """The counts of one table with None for what is kept back.

    Its total may be published unless that `is_small` itself. So that the total less what is shown
    gives nothing away, large counts go with the small ones, the last first, until what is left
    could be made up with any small counts at all. Which one goes next must not depend on how large
    it is, or knowing this rule would help to guess; neither may the order of the table. Where too
    little is large, everything goes, the noughts too.
    """
    small = {name: count for name, count in counts.items() if is_small(count)}
    if not small:
        return dict(counts)
    back, enough = dict(small), (SMALLEST - 1) * len(small)
    for name, count in reversed(list(counts.items())):
        if count >= SMALLEST:
            back[name] = count
            enough += SMALLEST
            if sum(back.values()) >= enough:
                break
    else:
        back = dict(counts)
    return {name: None if name in back else count for name, count in counts.items()}
