"""The pairwise bridging score: a note bridges as far as those who approve of it usually disagree.

The verb is `bridging_score`. There is no model in it, so it holds where ratings are too few for
one.
"""

import numpy as np

from comity.bridging.ratings import HELPFUL, Ratings


def bridging_score(ratings: Ratings, note: int) -> float:
    """4/n² · the sum over pairs of approvers of how much they disagree on other notes, from 0 to 1.

    `note` is a place in `ratings.notes`, n the number of its raters. Two raters disagree as much as
    their ratings (0 to 1) differ on average over the other notes that both have rated; where there
    are none, by nothing. It is 1 where two camps of the same size, who agree on nothing else, both
    approve.
    """
    at = np.flatnonzero(ratings.note == note)
    raters = np.searchsorted(ratings.begin, at, side="right") - 1
    approvers = raters[ratings.level[at] == HELPFUL]
    if len(approvers) < 2:
        return 0.0
    given = [slice(ratings.begin[u], ratings.begin[u + 1]) for u in approvers]
    others = np.unique(np.concatenate([ratings.note[part] for part in given]))
    others = others[others != note]
    # A level a matrix (approvers, other notes), so that each product counts pairs of levels.
    said = np.zeros((3, len(approvers), len(others)), np.float32)
    for row, part in enumerate(given):
        place = np.searchsorted(others, ratings.note[part])
        elsewhere = ratings.note[part] != note
        said[ratings.level[part][elsewhere], row, place[elsewhere]] = 1.0
    no, half, yes = said
    rated = no + half + yes
    apart = no @ yes.T + 0.5 * ((no + yes) @ half.T)
    shared = rated @ rated.T
    disagreement = (apart + apart.T) / np.maximum(shared, 1.0)
    # The sum over the whole matrix has each pair twice; nobody disagrees with themselves.
    return float(2.0 * disagreement.sum() / len(at) ** 2)
