"""How far people who judge the same agree beyond chance: Krippendorff's alpha."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 is agreement, 0 what chance would give.

    A unit holds the values that those who judged it gave, in any order; None is a missing value.
    A unit with fewer than two values pairs with nothing and does not count. None where alpha is
    not defined: nothing to pair, or only one value in all units, so that nothing could differ.

    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): one minus the
    disagreement observed within units over that expected among all pairable values.
    """
    totals: Counter[Hashable] = Counter()
    observed = 0.0
    for unit in units:
        counts = Counter(value for value in unit if value is not None)
        judged = counts.total()
        if judged < 2:
            continue
        totals += counts
        # Ordered pairs of different values, each unit weighed by its values, not by its pairs.
        observed += (judged**2 - sum(count**2 for count in counts.values())) / (judged - 1)
    n = totals.total()
    expected = n**2 - sum(count**2 for count in totals.values())
    if not expected:
        return None
    return 1 - (n - 1) * observed / expected
