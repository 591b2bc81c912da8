"""From a rude draft to wordings that the scorer finds nothing wrong with."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from comity.signals import Span, TextScorer
from comity.wording import chinese, english
from comity.wording.suggestion import Edit, Suggestion, apply
from comity.wording.tidy import tidy

MOST: Final = 3
"""Suggestions for one draft."""
LONGEST: Final = 2_000
"""Code points; a longer draft needs an editor, not a word changed."""
HARMS: Final = (
    "toxicity", "severe_toxicity", "insult", "identity_attack", "threat", "profanity",
    "sexually_explicit",
)  # fmt: skip
CLEAN: Final = 0.4
"""What a suggestion may score at most, in every harm."""
_TRIED: Final = 8
_NOT_A_MATTER_OF_WORDS: Final = {"threat": 0.3, "identity_attack": 0.5}
"""From these scores on, saying it more kindly would only hide what is meant."""
# A threat that names no act scores low once its swear word is gone; so the draft is asked too.
_MENACE: Final = re.compile(
    r"\b(?:kill|murder|shoot|stab|strangle|hang|burn|rape|beat|punch|smash|bomb|die|dead|death|"
    r"hurt|regret|watch your back|find you|come for you|where you live|you will pay)\b"
    r"|杀|砍|打死|弄死|捅|宰|去死|找死|等着瞧|你等着|要你命|小心点|知道你住",
    re.IGNORECASE,
)
_LOST: Final = 0.5
"""The share of a draft's letters that may be left out."""
_SHORTEST: Final = 4
"""Letters that have to be left: below, nothing is said any more."""

_CANDIDATES: Final[Mapping[str, Callable[[str], Iterator[tuple[Edit, ...]]]]] = {
    "en": english.candidates,
    "zh": chinese.candidates,
}


def suggest(text: str, scorer: TextScorer, spans: Sequence[Span]) -> tuple[Suggestion, ...]:
    """Up to three kinder wordings of a draft whose `spans` the scorer objects to, best first.

    None for a threat or an attack on a group: that is no matter of words. Takes time linear in
    the length of the text, and one call of the scorer for the draft and one for what is tried.
    """
    if not spans or len(text) > LONGEST or _MENACE.search(text):
        return ()
    (before,) = scorer.score([text])
    propose = _CANDIDATES.get(before.language.partition("-")[0])
    if propose is None or _beyond_words(before.attributes):
        return ()
    tried = list(islice(_wordings(text, propose), _TRIED))
    scores = scorer.score(tried) if tried else ()
    clean = [
        Suggestion(wording)
        for wording, after in zip(tried, scores, strict=True)
        if harm(after.attributes) <= CLEAN
    ]
    return tuple(clean[:MOST])


def harm(attributes: Mapping[str, float]) -> float:
    """The worst of what a text scores."""
    return max(attributes.get(name, 0.0) for name in HARMS)


def _beyond_words(attributes: Mapping[str, float]) -> bool:
    return any(attributes.get(name, 0.0) >= most for name, most in _NOT_A_MATTER_OF_WORDS.items())


def _wordings(text: str, propose: Callable[[str], Iterator[tuple[Edit, ...]]]) -> Iterator[str]:
    """Different texts in which enough of the draft is left, the likeliest first."""
    seen = {text}
    for edits in propose(text):
        lost = sum(_letters(text[edit.begin : edit.end]) for edit in edits if not edit.text)
        wording = tidy(apply(text, edits), text)
        enough = lost <= _LOST * _letters(text) and _letters(wording) >= _SHORTEST
        if enough and wording not in seen:
            seen.add(wording)
            yield wording


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
