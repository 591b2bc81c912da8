"""The guess at a text's language: one compiled pass over its words' letters.

The script decides first. Among the languages of one script, every run of two to four letters and
every word brings a weight for each language; the sums decide, and how far they are apart says how
sure that is. All but the last step is whole numbers, so a guess is the same on every machine.
"""

import io
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from comity.signals.alphabets import CLASS, FIRST_UNSPACED, MARK, NAMES, OTHER_LETTER
from comity.signals.characters import Classes, Points
from comity.signals.kernel import compiled, inner
from comity.signals.tables import Ints

BUCKETS = 1 << 15
"""Runs of letters share this many rows of weights, by hash."""

_LATIN, _CYRILLIC, _ARABIC = (NAMES.index(script) for script in ("Latn", "Cyrl", "Arab"))
_HANGUL = NAMES.index("Hang")
_HAN, _KANA = NAMES.index("Hani"), NAMES.index("Jpan")
_EDGE = 95

Buckets = np.ndarray[Any, np.dtype[np.uint16]]
Weights = np.ndarray[Any, np.dtype[np.int8]]
Bias = np.ndarray[Any, np.dtype[np.float32]]
Leads = np.ndarray[Any, np.dtype[np.float64]]


class LanguageModel(NamedTuple):
    """What each run of letters says for each language."""

    weights: Weights  # [BUCKETS, languages], in steps of `step`
    bias: Bias  # [languages]
    step: float
    languages: tuple[str, ...]


@cache
def shipped() -> LanguageModel:
    """The model of this release."""
    data = files("comity.signals").joinpath("language.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = np.ascontiguousarray(arrays["weights"])
        languages = tuple(str(language) for language in arrays["languages"])
        return LanguageModel(weights, arrays["bias"], float(arrays["step"]), languages)


@compiled
def guess(
    points: Points, bounds: Ints, classes: Classes, weights: Weights, bias: Bias, step: float
) -> tuple[Ints, Ints, Leads]:
    """For each text the script, the likeliest language, and by how much it leads the next.

    Language and lead mean something for Latin, Cyrillic and Arabic letters only. The lead is the
    logarithm of a ratio of probabilities. `points` are of lower-case texts, of which `bounds` says
    where each begins and the last ends.
    """
    count = bounds.size - 1
    scripts, languages, leads = (
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(count),
    )
    for text in range(count):
        part = points[bounds[text] : bounds[text + 1]]
        scripts[text], languages[text], leads[text] = _guess(part, classes, weights, bias, step)
    return scripts, languages, leads


@inner
def _guess(
    points: Points, classes: Classes, weights: Weights, bias: Bias, step: float
) -> tuple[int, int, float]:
    script = _script(points, classes)
    if script != _LATIN and script != _CYRILLIC and script != _ARABIC:
        return script, 0, 0.0
    buckets = np.empty(4 * points.size, np.uint16)
    size = letter_runs(points, classes, script, buckets)
    if size == 0:
        return script, 0, 0.0
    sums = np.zeros(bias.size, np.int32)
    for k in range(size):
        row = weights[buckets[k]]
        for c in range(sums.size):
            sums[c] += row[c]
    first, lead = _best(sums * (step / np.sqrt(size)) + bias)
    return script, first, lead


@inner
def letter_runs(points: Points, classes: Classes, script: int, buckets: Buckets) -> int:
    """Write the bucket of each run of letters; return how many. There are under 4 a code point."""
    size = 0
    begin = 0
    while begin < points.size:
        end = begin
        while end < points.size and _is_letter(points, classes, end, script):
            end += 1
        if end > begin and not _is_address(points, classes, begin, end):
            size = _runs_of_word(points, begin, end, buckets, size)
        begin = end + 1
    return size


@inner
def _runs_of_word(points: Points, begin: int, end: int, buckets: Buckets, size: int) -> int:
    word = np.uint32(2166136261)  # FNV-1a, as in what follows
    for start in range(begin - 1, end):
        if start >= begin:
            word = (word ^ points[start]) * np.uint32(16777619)
        run = np.uint32(2166136261)
        for k in range(start, min(start + 4, end + 1)):
            letter = points[k] if begin <= k < end else np.uint32(_EDGE)
            run = (run ^ letter) * np.uint32(16777619)
            if k > start:
                buckets[size] = (run ^ (run >> np.uint32(15))) % np.uint32(BUCKETS)
                size += 1
    word = (word ^ np.uint32(_EDGE)) * np.uint32(16777619)
    buckets[size] = (word ^ (word >> np.uint32(15))) % np.uint32(BUCKETS)
    return size + 1


@inner
def _script(points: Points, classes: Classes) -> int:
    """The script that says most. A Chinese, Japanese or Korean letter says as much as three."""
    letters = np.zeros(OTHER_LETTER + 1, np.int64)
    for point in points:
        klass = classes[point] & CLASS
        if 0 < klass <= OTHER_LETTER:
            letters[klass] += 3 if klass == _HANGUL or FIRST_UNSPACED <= klass <= _KANA else 1
    kana = letters[_KANA]
    letters[_HAN] += kana
    script = int(letters.argmax())
    # A kana or two is an ornament in Chinese; Japanese cannot do without.
    if script == _HAN and 8 * kana > letters[_HAN]:
        return _KANA
    return script


@inner
def _is_letter(points: Points, classes: Classes, at: int, script: int) -> bool:
    klass = int(classes[points[at]] & CLASS)
    return klass in (script, MARK)


@inner
def _is_address(points: Points, classes: Classes, begin: int, end: int) -> bool:
    """Whether a word belongs to a link, an e-mail address, a mention or a tag."""
    if begin > 0:
        before = points[begin - 1]
        if before == 64 or before == 35 or before == 47 or before == 46 or before == 95:  # @#/._
            return True
    if end + 1 < points.size:
        after = points[end]
        if after == 46 or after == 64:  # .@
            return 0 < int(classes[points[end + 1]] & CLASS) <= OTHER_LETTER
        return bool(after == 58 and points[end + 1] == 47)  # :/
    return False


@inner
def _best(scores: Bias) -> tuple[int, float]:
    """The place of the highest score, and its lead over the next."""
    first = int(scores.argmax())
    lead = np.inf
    for c in range(scores.size):
        if c != first:
            lead = min(lead, scores[first] - scores[c])
    return first, lead
