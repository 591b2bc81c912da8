"""Learning kinder wordings of English from pairs of a rude sentence and its polite rewriting.

What is learnt is a table of short phrases: by what they were replaced, or that they were left out,
in which surroundings. No sentence of the data is in it; a replacement has to be seen several times.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain, pairwise
from pathlib import Path
from statistics import mean
from typing import Any, Final

import numpy as np

from comity.signals import Scorer, TextScorer
from comity.signals.scorer import EXPLAINED
from comity.wording import suggest
from comity.wording.english import ANYWHERE, LONGEST, TABLE
from comity.wording.seams import END, FILE, RARE, number
from comity.wording.suggest import harm
from comity.wording.tokens import ARTICLES, DETERMINERS, FUNCTION, neighbours, tokens
from training import corpus
from training.pack import write_arrays

SOURCE: Final = "en_paradetox_pairs"
_HELD_OUT: Final = 10
"""One sentence in so many, by its hash, is kept for measuring."""
_SEEN: Final = 3
_SEEN_ANYWHERE: Final = 5
"""Times a replacement has to be seen in the same surroundings, or else in any."""
_COMMON: Final = 15
_SHARE: Final = 0.12
_LEFT: Final = 0.45
"""A word is rude if at most so large a part of it is left in the polite sentences."""
_RUDE: Final = 0.3
"""What the shipped model gives "this is" with a rude word behind it, in one of these:"""
_SAID_OF_WORDS: Final = ("toxicity", "insult", "profanity")
_MET: Final = 2
"""Times two words have to meet to be counted."""
# Crowd workers' words for what they did not like: right in no sentence.
_AWKWARD: Final = frozenset(
    {"bad's", "inappropriate", "poop", "poops", "thing's", "unintelligent", "unknowledgeable"}
    | {"unsuitable"}
)

Pair = tuple[list[str], list[str]]


def pairs(data: Path, *, held_out: bool) -> Iterator[tuple[str, list[str]]]:
    """A rude sentence and its polite rewritings, as they were written."""
    for row in corpus.rows(data, SOURCE):
        polite = [row[f"neutral{n}"] for n in (1, 2, 3) if row[f"neutral{n}"]]
        digest = hashlib.sha256(row["toxic"].encode()).digest()
        if (digest[0] % _HELD_OUT == 0) is held_out and polite:
            yield row["toxic"], polite


def learn(data: Path, out: Path) -> None:
    """Write both tables; they depend on the data and on the model in force alone."""
    both = [
        (_words(rude), _words(polite))
        for rude, rewritings in pairs(data, held_out=False)
        for polite in rewritings
    ]
    rude = _rude_words(both, Scorer.load())
    text = json.dumps(_phrases(both, rude), ensure_ascii=False, sort_keys=True, indent=0)
    (out / TABLE).write_text(text + "\n", "utf-8")
    write_arrays(out / FILE, _seams(chain((polite for _, polite in both), _polite(data))))


def _polite(data: Path) -> Iterator[list[str]]:
    """Comments that nobody called toxic."""
    for row in corpus.rows(data, "en_toxicity"):
        if float(row["toxic"]) < 0.5:
            yield _words(row["text"])
    for row in corpus.rows(data, "en_goemotions"):
        yield _words(row["text"])


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _rude_words(both: Iterable[Pair], scorer: TextScorer) -> set[str]:
    """Words that polite sentences hardly have, and that are not merely misspelt."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for rude, polite in both:
        before.update(set(rude))
        after.update(set(polite))
    avoided = [
        word
        for word, count in sorted(before.items())
        if count >= _SEEN and word[0].isalpha() and after[word] <= _LEFT * count
    ]
    scores = scorer.score([f"this is {word}" for word in avoided])
    return {
        word
        for word, score in zip(avoided, scores, strict=True)
        if max(score.attributes.get(name, 0.0) for name in _SAID_OF_WORDS) >= _RUDE
    }


def _phrases(both: Iterable[Pair], rude: set[str]) -> dict[str, dict[str, list[Any]]]:
    """For each phrase and its surroundings the replacements, likeliest first, with their shares."""
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    common: Counter[str] = Counter()
    for words, polite in both:
        common.update(polite)
        for begin, end, instead in _replacements(words, polite):
            if any(word in rude for word in words[begin:end]):
                phrase = " ".join(words[begin:end])
                around = neighbours(words, begin, end)
                if _half_said(words, begin, end, around):
                    continue
                for where in (around, ANYWHERE):
                    seen[phrase][where][" ".join(instead)] += 1
    known = {word for word, count in common.items() if count >= _COMMON}
    usable = known - rude - _AWKWARD
    return {
        phrase: options
        for phrase, places in seen.items()
        if (
            options := {
                where: kept for where, c in places.items() if (kept := _kept(where, c, usable))
            }
        )
    }


def _half_said(words: list[str], begin: int, end: int, around: str) -> bool:
    """Whether an article went with the rude word: "the fucking state" is learnt from "fucking"."""
    return end - begin > 1 and words[begin] in DETERMINERS | ARTICLES and around.endswith("w")


def _replacements(words: list[str], polite: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    matcher = SequenceMatcher(None, words, polite, autojunk=False)
    for kind, begin, end, low, high in matcher.get_opcodes():
        instead = polite[low:high]
        short = 0 < end - begin <= LONGEST and len(instead) <= LONGEST
        if kind != "equal" and short and all(w[0].isalnum() for w in words[begin:end] + instead):
            yield begin, end, instead


def _kept(where: str, counts: Counter[str], usable: set[str]) -> list[Any]:
    least = _SEEN_ANYWHERE if where == ANYWHERE else _SEEN
    total = sum(counts.values())
    return [
        [instead, round(count / total, 2)]
        for instead, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count >= least and count / total >= _SHARE and set(instead.split()) <= usable
    ][:3]


def _seams(texts: Iterable[list[str]]) -> dict[str, np.ndarray]:
    """How often words meet; see `comity.wording.seams`."""
    singles: Counter[str] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    for words in texts:
        read = [END, *(word if word[0].isalnum() else END for word in words), END]
        singles.update(read)
        met.update(pairwise(read))
    common = sorted(word for word, count in singles.items() if count >= _COMMON)
    numbers = number([RARE, *common])
    counts = np.zeros(len(numbers), np.int64)
    for word, count in singles.items():
        counts[numbers.get(word, 0)] += count
    together: Counter[int] = Counter()
    for (one, other), count in met.items():
        together[numbers.get(one, 0) * len(numbers) + numbers.get(other, 0)] += count
    kept = sorted(pair for pair, count in together.items() if count >= _MET)
    return {
        "words": np.frombuffer("\n".join(numbers).encode(), np.uint8),
        "singles": counts.astype(np.int32),
        "steps": np.diff(np.array(kept, np.int64), prepend=0).astype(np.int32),
        "met": np.minimum([together[pair] for pair in kept], 65_535).astype(np.uint16),
    }


def measure(data: Path) -> dict[str, float]:
    """How often held-out rude sentences get a suggestion, and what becomes of score and words."""
    scorer = Scorer.load()
    texts = [rude for rude, _ in pairs(data, held_out=True)]
    flagged = [
        (text, scores)
        for text, scores in zip(texts, scorer.score(texts), strict=True)
        if harm(scores.attributes) >= EXPLAINED
    ]
    suggested = [
        (text, scores, found[0].text)
        for text, scores in flagged
        if (found := suggest(text, scorer, scores.spans))
    ]
    after = scorer.score([kinder for _, _, kinder in suggested])
    return {
        "held out": len(texts),
        "flagged": len(flagged),
        "share with a suggestion": len(suggested) / len(flagged),
        "mean score before": mean(harm(scores.attributes) for _, scores, _ in suggested),
        "mean score after": mean(harm(scores.attributes) for scores in after),
        "content words kept": mean(_kept_words(text, kinder) for text, _, kinder in suggested),
    }


def _kept_words(text: str, kinder: str) -> float:
    before = Counter(word for word in _words(text) if word[0].isalnum() and word not in FUNCTION)
    left = before & Counter(_words(kinder))
    return left.total() / (before.total() or 1)
