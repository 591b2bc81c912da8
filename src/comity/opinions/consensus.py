"""What all groups share, and which statement to show next."""

import numpy as np
from numpy.typing import NDArray

from comity.opinions.representativeness import Tally

Floats = NDArray[np.float64]


def group_consensus(tally: Tally) -> Floats:
    """How far every group agrees with each statement (s,), 0 to 1; 1 where there are no groups.

    The product over the groups of (agrees + 1) / (seen + 2), so that one large group cannot
    outvote a small one. Source: Small et al., Polis: Scaling deliberation by mapping
    high-dimensional opinion spaces (2021).
    """
    shared: Floats = ((tally.agrees + 1) / (tally.seen + 2)).prod(axis=0)
    return shared


def priorities(tally: Tally, extremity: Floats, meta: NDArray[np.bool_]) -> Floats:
    """The weight of each statement (s,) in the draw of which to show next.

    ((1 - p)(E + 1) a (1 + 8 · 2^(-S/5)))², with p = (passes + 1) / (seen + 2), a likewise for
    agrees, E how extreme the statement is and S its votes: what is agreed with, seldom passed over,
    tells people apart and is new comes first. A statement about the conversation itself weighs 7².
    """
    seen = tally.seen.sum(axis=0)
    passed = (tally.passes.sum(axis=0) + 1) / (seen + 2)
    agreed = (tally.agrees.sum(axis=0) + 1) / (seen + 2)
    weight = (1 - passed) * (extremity + 1) * agreed * (1 + 8 * 2 ** (-seen / 5))
    weights: Floats = np.where(meta, 7.0, weight) ** 2
    return weights
