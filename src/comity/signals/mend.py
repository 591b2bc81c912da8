"""Mending: look-alike letters from other alphabets, letters set apart, digits for letters, repeats.

A word is changed only where a word list says that the outcome is one that people write, so "2024",
"mp3" and "b2b" stay as they are.
"""

import numpy as np

from comity.signals.kernel import inner
from comity.signals.lookup import class_of, find, frequency_of, letter_for
from comity.signals.tables import (
    ALIKE,
    CYRILLIC,
    DIGIT,
    FROM_LATIN,
    GREEK,
    HAN,
    KANA,
    LATIN,
    LETTER,
    LOOKS,
    MARK,
    Bytes,
    Ints,
)

_WORD = 40
"""A longer token is no word; it is left alone."""
_RARER = 4
"""How much rarer, in powers of two, a doubled letter may make a word and still be meant."""
_BLANK, _ASTERISK, _PLUS, _DASH, _DOT, _CARET, _LOW_LINE, _BAR, _TILDE = (
    ord(sign) for sign in " *+-.^_|~"
)
_MIDDLE_DOT, _BULLET = 0xB7, 0x2022
_ZERO, _ONE, _NINE, _L = (ord(sign) for sign in "019l")


@inner
def mend(table: Ints, out: Ints, kinds: Bytes, first: Ints, last: Ints, n: int) -> tuple[int, bool]:
    """Mend `n` characters in place; say how many are left and if a disguise was undone.

    What is written (to `w`) is never longer than what was read (to `r`).
    """
    word = np.empty(_WORD + 1, np.int32)
    kept, trial = word.copy(), word.copy()
    r = w = 0
    mended = False
    while r < n:
        if HAN <= kinds[r] <= KANA:
            stop = _run_end(out, r, n)
            apart = _set_apart(out, kinds, stop - 1, n)  # before what it looks at is written over
            for at in range(r, min(r + 2, stop)):
                w = _copy(out, kinds, first, last, at, w)
            last[w - 1] = last[stop - 1]
            r = stop + apart
            mended = mended or apart
            continue
        stop = token_end(table, out, kinds, r, n)
        if stop == r + 1:
            length = _spelled_apart(table, out, kinds, first, last, r, n, word)
            for k in range(length):
                kept[k] = 2 * k
            mended = mended or length > 0
            stop = r + max(1, 2 * length - 1)
        elif r < stop <= r + _WORD and _suspect(out, kinds, r, stop):
            length, undone = _mend_word(table, out[r:stop], word, kept, trial)
            mended = mended or undone
        else:
            length = 0
        if length == 0:
            for at in range(r, max(stop, r + 1)):
                w = _copy(out, kinds, first, last, at, w)
        kept[length] = stop - r
        for k in range(length):
            out[w], kinds[w] = word[k], class_of(table, word[k])
            first[w], last[w] = first[r + kept[k]], last[r + kept[k + 1] - 1]
            w += 1
        r = max(stop, r + 1)
    return w, mended


@inner
def _copy(out: Ints, kinds: Bytes, first: Ints, last: Ints, source: int, target: int) -> int:
    out[target], kinds[target] = out[source], kinds[source]
    first[target], last[target] = first[source], last[source]
    return target + 1


@inner
def _run_end(out: Ints, at: int, n: int) -> int:
    stop = at + 1
    while stop < n and out[stop] == out[at]:
        stop += 1
    return stop


@inner
def _set_apart(out: Ints, kinds: Bytes, at: int, n: int) -> bool:
    """Whether what follows the character at `at` only keeps it from its neighbour: 傻*逼, 傻 逼."""
    kind = kinds[at]
    if kind == KANA or at + 2 >= n or kinds[at + 2] != kind:
        return False
    sign = out[at + 1]
    if sign in (_ASTERISK, _LOW_LINE, _BAR, _CARET):
        return True
    # A space, a dot or a dash is honest between words, so both sides must stand alone.
    alone = at == 0 or kinds[at - 1] != kind
    alone = alone and (at + 3 >= n or kinds[at + 3] != kind)
    return bool(alone and kind == HAN and _is_separator(sign))


@inner
def _is_separator(sign: int) -> bool:
    return sign in (
        _BLANK,
        _DASH,
        _DOT,
        _LOW_LINE,
        _ASTERISK,
        _TILDE,
        _PLUS,
        _BAR,
        _MIDDLE_DOT,
        _BULLET,
    )


@inner
def token_end(table: Ints, out: Ints, kinds: Bytes, at: int, n: int) -> int:
    """Where the token that starts at `at` ends; `at` itself where none does.

    Symbols that stand for letters belong to a token as long as a letter or digit follows.
    """
    while at < n:
        if kinds[at] < LATIN and (
            letter_for(table, out[at]) == 0 or at + 1 >= n or kinds[at + 1] < LATIN
        ):
            break
        at += 1
    return at


@inner
def _suspect(out: Ints, kinds: Bytes, begin: int, end: int) -> bool:
    """A cheap look: does the token mix alphabets, or letters with digits, or repeat a letter?"""
    seen = 0
    for at in range(begin, end):
        seen |= 1 << kinds[at]
        if at >= begin + 2 and out[at] == out[at - 1] and out[at] == out[at - 2]:
            return True
    seen &= ~(1 << MARK)
    return seen & (seen - 1) != 0


@inner
def _mend_word(table: Ints, token: Ints, word: Ints, kept: Ints, trial: Ints) -> tuple[int, bool]:
    """Write the mended token to `word`, and to `kept` where each letter stood in it.

    Returns its length, and whether a disguise was undone (emphasis, "soooo", is none).
    """
    length = token.size
    for k in range(length):
        word[k] = token[k]
        kept[k] = k
    disguised = _one_alphabet(table, word, length)
    if _undo_digits(table, word, length, trial):
        return length, True
    length = _squeeze(table, word, length, kept, trial)
    return length, disguised or _undo_digits(table, word, length, trial)


@inner
def _one_alphabet(table: Ints, word: Ints, length: int) -> bool:
    """Write look-alike letters in the alphabet of the rest of the word."""
    latin = foreign = to_latin = to_cyrillic = 0
    for k in range(length):
        kind = class_of(table, word[k])
        if kind == LATIN:
            latin += 1
            to_cyrillic += find(table, LOOKS, word[k] + FROM_LATIN) >= 0
        elif kind in (CYRILLIC, GREEK):
            foreign += 1
            to_latin += find(table, LOOKS, word[k]) >= 0
    latin_fits, cyrillic_fits = to_latin == foreign, to_cyrillic == latin
    if latin == 0 or foreign == 0 or not (latin_fits or cyrillic_fits):
        return False
    origin = 0 if latin_fits and (latin >= foreign or not cyrillic_fits) else FROM_LATIN
    for k in range(length):
        at = find(table, LOOKS, word[k] + origin)
        if at >= 0:
            word[k] = table[table[ALIKE] + at]
    return True


@inner
def _undo_digits(table: Ints, word: Ints, length: int, trial: Ints) -> bool:
    """Write digits and symbols as letters where that makes a known word; else leave it."""
    letters = signs = runs = 0
    symbol = False
    for k in range(length):
        kind = class_of(table, word[k])
        trial[k] = word[k] if LATIN <= kind <= LETTER else letter_for(table, word[k])
        if trial[k] == 0:
            return False
        if LATIN <= kind <= LETTER:
            letters += 1
            continue
        signs += 1
        symbol = symbol or kind != DIGIT
        runs += k == 0 or trial[k - 1] == word[k - 1]
    edge = trial[0] != word[0] or trial[length - 1] != word[length - 1]
    if letters < 2 or not _likely(letters, signs, runs, edge, symbol):
        return False
    if frequency_of(table, trial, 0, length) == 0:
        for k in range(length):  # a 1 is an i, or else an l
            trial[k] = _L if word[k] == _ONE else trial[k]
        if frequency_of(table, trial, 0, length) == 0:
            return False
    for k in range(length):
        word[k] = trial[k]
    return True


@inner
def _likely(letters: int, signs: int, runs: int, edge: bool, symbol: bool) -> bool:
    """Whether digits and symbols in this number and place may stand for letters."""
    if runs != 1:
        return runs > 1 and letters + signs >= 4
    if edge:  # "1diot", "$ex"; but not "10th", "covid19", "5s"
        return signs == 1 and (letters >= 3 or symbol)
    return signs == 1 or letters >= 3  # "sh1t", "a55hole"; but not "l10n"


@inner
def _squeeze(table: Ints, word: Ints, length: int, kept: Ints, trial: Ints) -> int:
    """Shorten runs of three and more letters to two or one, whichever makes a known word."""
    frequency = np.zeros(3, np.int64)
    for most in (1, 2):
        size = _shorten(word, length, most, trial)
        for k in range(size):
            trial[k] = word[trial[k]]
        frequency[most] = frequency_of(table, trial, 0, size)
    one, two = frequency[1], frequency[2]
    size = _shorten(word, length, 1 if one > two + _RARER or one > two == 0 else 2, kept)
    for k in range(size):
        word[k] = word[kept[k]]
    return size


@inner
def _shorten(word: Ints, length: int, most: int, kept: Ints) -> int:
    """Write to `kept` which letters stay when runs of three and more are cut to `most`."""
    size = at = 0
    while at < length:
        stop = _run_end(word, at, length)
        digit = _ZERO <= word[at] <= _NINE
        stay = stop if stop - at < 3 or digit else at + most
        for k in range(at, stay):
            kept[size] = k
            size += 1
        at = stop
    return size


@inner
def _spelled_apart(
    table: Ints, out: Ints, kinds: Bytes, first: Ints, last: Ints, begin: int, n: int, word: Ints
) -> int:
    """How many letters from `begin` on, every other character, make one word (i.d.i.o.t), or 0."""
    if begin + 4 >= n or not _is_separator(out[begin + 1]):
        return 0
    sign = out[begin + 1]
    count = digits = 0
    at = begin
    while count < _WORD and at < n and token_end(table, out, kinds, at, n) == at + 1:
        letter = LATIN <= kinds[at] <= LETTER
        word[count] = out[at] if letter else letter_for(table, out[at])
        if word[count] == 0:
            break
        digits += not letter
        count += 1
        # Two spaces part words; `first` and `last` remember that there were two.
        if at + 1 >= n or out[at + 1] != sign or last[at + 1] - first[at + 1] > 1:
            break
        at += 2
    shortest = 4 if sign == _DOT else 3  # "U.S.A." is honest
    if digits * 2 > count:
        return 0
    for less in range(3):
        if count - less >= shortest and frequency_of(table, word, 0, count - less):
            return count - less
    for skip in range(1, 3):  # "a i d i o t": the word starts later
        if count - skip >= shortest and frequency_of(table, word, skip, count):
            return 0
    return count if count >= 5 and digits == 0 else 0
