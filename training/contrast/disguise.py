"""How people spell a word so that a list of words does not find it."""

from collections.abc import Callable

_DIGITS = str.maketrans("aeiost", "@31057"), str.maketrans("aeio", "4310")


def disguised(word: str, number: int) -> str:
    """The word in one of the ways below, at a place in it; `number` decides on both."""
    way = WAYS[number % len(WAYS)]
    return way(word, number // len(WAYS))


def _inner(word: str, number: int) -> int:
    """The place of a letter that is neither the first of the word nor the last."""
    return 1 + number % max(1, len(word) - 2)


def _swap(word: str, number: int) -> str:
    k = 1 + number % max(1, len(word) - 3)
    return word[:k] + word[k : k + 2][::-1] + word[k + 2 :]


def _drop(word: str, number: int) -> str:
    k = _inner(word, number)
    return word[:k] + word[k + 1 :]


def _stretch(word: str, number: int) -> str:
    k = _inner(word, number)
    return word[:k] + word[k] * (2 + number % 3) + word[k:] if k < len(word) else word


def _star(word: str, number: int) -> str:
    k = _inner(word, number)
    return word[:k] + "*" + word[k + 1 :]


def _space(word: str, number: int) -> str:
    return ("-" if number % 4 == 0 else "." if number % 4 == 1 else " ").join(word)


def _digits(word: str, number: int) -> str:
    return word.translate(_DIGITS[number % 2])


def _join(word: str, number: int) -> str:
    return word.replace(" ", "") if " " in word else _stretch(word, number)


WAYS: tuple[Callable[[str, int], str], ...] = (
    _swap,
    _drop,
    _stretch,
    _star,
    _space,
    _digits,
    _join,
)
