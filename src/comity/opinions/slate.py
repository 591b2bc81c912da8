"""A few statements that speak for everyone: each cohesive group gets its share of the seats.

The noun is `Seat`, the verb `choose`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.opinions.votes import AGREE, Votes

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Seat:
    """A chosen statement: its place (of s), and how many voters agree with it.

    `price` is the most that any of them paid for it, a voter having size / voters to spend and a
    seat costing 1; None if those who agree could not pay, and it only fills the slate.
    """

    column: int
    agrees: int
    price: float | None


def choose(votes: Votes, size: int, silent: NDArray[np.bool_]) -> tuple[Seat, ...]:
    """Choose up to `size` statements, none of those in `silent` (s,), in the order of choice.

    Each participant who voted has the same budget; the next statement is the one whose supporters
    can pay 1 for it together with the smallest largest share. So l/size of the people who agree on
    l statements or more get what they deserve (extended justified representation). Seats that
    nobody can pay for any more go to the statements that most participants agree with. A tie goes
    to the statement with more agreement, then to the first.
    Source: Peters and Skowron, Proportionality and the Limits of Welfarism (2020), Rule X.
    """
    agreed = votes.values == AGREE
    order = np.argsort(votes.columns[agreed], kind="stable")
    who = votes.rows[agreed][order]
    counts = np.bincount(votes.columns[agreed], minlength=len(votes.statements))
    supporters = np.split(who, np.cumsum(counts)[:-1])
    open_ = [c for c in np.argsort(-counts, kind="stable").tolist() if counts[c] and not silent[c]]
    budgets = np.full(len(votes.participants), size / max(len(votes.participants), 1))
    # A price only rises as budgets shrink, so what it was last bounds it from below.
    least = dict.fromkeys(open_, 0.0)
    seats: list[Seat] = []
    while len(seats) < size:
        best, price = None, np.inf
        for column in sorted(least, key=lambda c: (least[c], -counts[c], c)):
            if least[column] >= price:
                break
            least[column] = _price(budgets[supporters[column]])
            if least[column] < price - _ROUNDING:
                best, price = column, least[column]
        if best is None:
            break
        del least[best]
        paying = supporters[best]
        budgets[paying] -= np.minimum(budgets[paying], price)
        seats.append(Seat(best, int(counts[best]), price))
    chosen = {seat.column for seat in seats}
    rest = [column for column in open_ if column not in chosen][: max(size - len(seats), 0)]
    return (*seats, *(Seat(column, int(counts[column]), None) for column in rest))


def _price(budgets: NDArray[np.float64]) -> float:
    """The smallest p such that everyone paying p, or all they have, pays 1; infinite if none."""
    rising = np.sort(budgets)
    spent = np.concatenate([[0.0], np.cumsum(rising)[:-1]])
    prices = (1 - spent) / np.arange(len(rising), 0, -1)
    enough = np.flatnonzero(prices <= rising + _ROUNDING)
    return float(prices[enough[0]]) if len(enough) else float("inf")
