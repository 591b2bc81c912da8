"""Where raters stand: those of the model, and those who rated too little to be in it.

The verb is `place_raters`.
"""

import numpy as np

from comity.bridging.fit import Fit
from comity.bridging.ratings import Ratings
from comity.bridging.sweep import Array, cells_of, solve_raters
from comity.bridging.tally import places


def place_raters(fit: Fit, ratings: Ratings) -> tuple[Array, Array]:
    """Intercepts and factors (U,) of all raters of `ratings`, given the notes and μ of `fit`.

    A rater of none of its notes has zero for both.
    """
    everyone = np.ones(len(ratings.raters), np.bool_)
    known = ratings.select(places(ratings.notes, fit.notes) >= 0, everyone)
    if not len(known):
        return np.zeros(len(everyone)), np.zeros(len(everyone))
    order = places(known.notes, fit.notes)
    cells = cells_of(len(order))
    cells[:, 0], cells[:, 1] = fit.note_intercepts[order], fit.note_factors[order]
    raters = np.empty((len(everyone), 2))
    solve_raters(known.begin, known.note, known.level, cells, fit.mu, fit.rater_ridge, raters)
    return raters[:, 0], raters[:, 1]
