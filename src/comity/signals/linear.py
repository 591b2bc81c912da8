"""The compiled scorer: a linear model over the buckets of n-grams, summed in whole numbers.

A weight is stored as a signed byte q that stands for q * |q|, fine near zero and wide at the ends.
Sums of whole numbers are the same in any order and on any machine; only a square root, a division
and the calibration's straight lines follow, so that scores agree everywhere.
"""

from typing import Any

import numpy as np

from comity.signals.fold import LONGEST, fold
from comity.signals.kernel import compiled, inner
from comity.signals.ngrams import BESIDE, PER_CHARACTER, distinct, ngrams
from comity.signals.tables import LATIN, SPACE, Ints

Weights = np.ndarray[Any, np.dtype[np.int8]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

FOUR = 4
"""Attributes are summed by fours."""
MOST_SPANS = 5
_SHARE = 0.4
"""A word is part of the explanation from this share of the heaviest word's weight on."""
_WHOLE = 60
"""Divisible by the lengths of n-grams, so that their weight is shared out without rest."""


@compiled
def extract(points: Ints, bounds: Ints, table: Ints, mask: int) -> tuple[Ints, Ints]:
    """The distinct buckets of each text, one text after another, and where each text's begin."""
    longest = np.max(bounds[1:] - bounds[:-1])
    out, kinds, first, last, buckets, places, seen = _room(longest)
    begins = np.zeros(bounds.size, np.int32)
    found = np.empty(PER_CHARACTER * LONGEST * (points.size + 1) + BESIDE * bounds.size, np.int32)
    total = 0
    for text in range(bounds.size - 1):
        part = points[bounds[text] : bounds[text + 1]]
        length, disguised = fold(part, table, out, kinds, first, last)
        count = ngrams(part, out, kinds, length, disguised, mask, buckets, places)
        for k in range(distinct(buckets, count, seen)):
            found[total] = buckets[k]
            total += 1
        begins[text + 1] = total
    return found[:total].copy(), begins


@compiled
def score(
    points: Ints,
    bounds: Ints,
    languages: Ints,
    table: Ints,
    weights: Weights,
    scales: Floats,
    margins: Floats,
    shares: Floats,
) -> tuple[Floats, Ints, Ints, Flags]:
    """Scores [texts, attributes] of the texts `points[bounds[i]:bounds[i + 1]]`; and these folded.

    Folded they stand one after another: their code points, where each begins (and the last ends),
    and whether a disguise was undone.

    weights [buckets, attributes, filled up to a multiple of FOUR]; scales [2, attributes]: what one
    unit weighs, and the bias; margins and shares [languages, attributes, points]: the calibration,
    a rising line of points.
    """
    attributes = scales.shape[1]
    fours = weights.view(np.int32)
    totals = np.empty(weights.shape[1], np.int64)
    result = np.empty((bounds.size - 1, attributes))
    plain = np.empty(LONGEST * points.size, np.int32)
    begins = np.zeros(bounds.size, np.int32)
    undone = np.empty(bounds.size - 1, np.bool_)
    longest = 0
    for text in range(bounds.size - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    out, kinds, first, last, buckets, places, seen = _room(longest)
    for text in range(bounds.size - 1):
        part = points[bounds[text] : bounds[text + 1]]
        length, disguised = fold(part, table, out, kinds, first, last)
        begins[text + 1] = begins[text] + length
        plain[begins[text] : begins[text + 1]] = out[:length]
        undone[text] = disguised
        count = ngrams(part, out, kinds, length, disguised, weights.shape[0] - 1, buckets, places)
        count = distinct(buckets, count, seen)
        _sum(fours, buckets[:count], totals)
        language = languages[text]
        for a in range(attributes):
            margin = scales[1, a] + scales[0, a] * totals[a] / np.sqrt(max(count, 1))
            result[text, a] = _calibrated(margin, margins[language, a], shares[language, a])
    return result, plain[: begins[-1]], begins, undone


@inner
def _sum(fours: Ints, buckets: Ints, totals: Any) -> None:
    """Write the sum of q * |q| for each attribute; `fours` holds four of them in one number.

    One load for four, and no store until all are summed: so the compiler makes vectors of it.
    """
    for column in range(fours.shape[1]):
        first = second = third = fourth = np.int64(0)
        for k in range(buckets.size):
            four = fours[buckets[k], column]
            first += _weight(np.int32(four << 24) >> np.int32(24))
            second += _weight(np.int32(four << 16) >> np.int32(24))
            third += _weight(np.int32(four << 8) >> np.int32(24))
            fourth += _weight(np.int32(four >> 24))
        at = FOUR * column
        totals[at], totals[at + 1], totals[at + 2], totals[at + 3] = first, second, third, fourth


@inner
def _weight(q: Any) -> Any:
    """What a stored byte stands for."""
    return q * abs(q)


@inner
def _room(longest: int) -> tuple[Any, ...]:
    """Room for folding, and n-grams, of one text at a time."""
    size = LONGEST * longest
    grams = PER_CHARACTER * size + BESIDE
    out = np.empty(size, np.int32)
    places = np.empty((grams, 2), np.int32)
    return (
        out,
        np.empty(size, np.uint8),
        out.copy(),
        out.copy(),
        np.empty(grams, np.int32),
        places,
        np.empty(4 * grams, np.int32),
    )


@inner
def _calibrated(margin: float, margins: Floats, shares: Floats) -> float:
    """The share of readers for a margin: on straight lines between points, flat outside."""
    last = margins.size - 1
    if margin >= margins[last]:
        return float(shares[last])
    k = 0
    while margins[k] <= margin:
        k += 1
    if k == 0:
        return float(shares[0])
    part = (margin - margins[k - 1]) / (margins[k] - margins[k - 1])
    return float(shares[k - 1] + part * (shares[k] - shares[k - 1]))


@compiled
def explain(points: Ints, bounds: Ints, wanted: Flags, table: Ints, weights: Weights) -> Ints:
    """What weighed most in each text: [n, 4] of text, attribute, begin and end in its code points.

    `wanted` [texts, attributes] says what is to be explained. Each gets at most MOST_SPANS, and all
    come in the order of the texts.
    """
    longest = 0
    for text in range(bounds.size - 1):
        if wanted[text].any():
            longest = max(longest, bounds[text + 1] - bounds[text])
    out, kinds, first, last, buckets, places, _ = _room(longest)
    shares = np.empty(out.size, np.int64)
    result = np.empty((MOST_SPANS * wanted.sum(), 4), np.int32)
    total = 0
    for text in range(bounds.size - 1):
        if not wanted[text].any():
            continue
        part = points[bounds[text] : bounds[text + 1]]
        length, disguised = fold(part, table, out, kinds, first, last)
        mask = weights.shape[0] - 1
        count = ngrams(part, out, kinds, length, disguised, mask, buckets, places)
        for attribute in np.flatnonzero(wanted[text]):
            credit = shares[:length]
            _share_out(weights, buckets, places, count, int(attribute), credit)
            spans = _heaviest(kinds, first, last, credit)
            for k in range(spans.shape[0]):
                result[total, 0], result[total, 1] = text, attribute
                result[total, 2], result[total, 3] = spans[k, 0], spans[k, 1]
                total += 1
    return result[:total].copy()


@inner
def _share_out(
    weights: Weights, buckets: Ints, places: Ints, count: int, attribute: int, credit: Any
) -> None:
    """Give each character its part in the weight of the n-grams that it stands in."""
    credit[:] = 0
    for k in range(count):
        begin, end = places[k, 0], places[k, 1]
        if end > begin:
            weight = _weight(np.int64(weights[buckets[k], attribute]))
            share = weight * _WHOLE // (end - begin)
            for at in range(begin, end):
                credit[at] += share


@inner
def _heaviest(kinds: Any, first: Ints, last: Ints, credit: Any) -> Ints:
    """Join the words (or Chinese characters) of most credit into spans, and keep the best few."""
    length = credit.size
    spans = np.empty((length, 2), np.int32)
    value = np.empty(length, np.int64)
    count = 0
    heaviest = np.int64(1)
    for joining in (False, True):
        at = before = 0
        while at < length:
            stop = at + 1
            while kinds[at] >= LATIN and stop < length and kinds[stop] >= LATIN:
                stop += 1
            total = np.int64(0)
            for k in range(at, stop):
                total += credit[k]
            if not joining:
                heaviest = max(heaviest, total)
            elif kinds[at] > SPACE and total >= _SHARE * heaviest:
                near = count > 0 and at - before <= (1 if kinds[at] >= LATIN else 0)
                if near:
                    spans[count - 1, 1] = last[stop - 1]
                    value[count - 1] += total
                else:
                    spans[count, 0], spans[count, 1] = first[at], last[stop - 1]
                    value[count] = total
                    count += 1
                before = stop
            at = stop
    return spans[_largest(value[:count])]


@inner
def _largest(values: Any) -> Ints:
    """Where the MOST_SPANS largest values stand, in their order; of equal ones the later."""
    kept = np.empty(MOST_SPANS + 1, np.int32)
    count = 0
    for at in range(values.size):
        kept[count] = at
        count += 1
        if count > MOST_SPANS:
            worst = np.argmin(values[kept])
            for k in range(worst, MOST_SPANS):
                kept[k] = kept[k + 1]
            count -= 1
    return kept[:count].copy()
