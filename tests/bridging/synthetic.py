"""Ratings made from a hidden truth, the same ones each time."""

import numpy as np

from comity.bridging import Ratings


def columns(notes=60, raters=80, share=0.6, seed=0):
    """Columns of notes, raters and values: two camps, notes of different quality and slant."""
    rng = np.random.default_rng(seed)
    quality = rng.normal(0.1, 0.25, notes)
    slant = rng.choice([-0.6, 0.0, 0.6], notes) + rng.normal(0, 0.1, notes)
    camp = rng.choice([-0.7, 0.7], raters) + rng.normal(0, 0.1, raters)
    rater, note = np.nonzero(rng.random((raters, notes)) < share)
    told = 0.35 + quality[note] + slant[note] * camp[rater] + rng.normal(0, 0.25, len(note))
    values = np.clip(np.round(2 * told), 0, 2) / 2
    return note, rater, values


def ratings(**options):
    return Ratings.of(*columns(**options))
