"""All measures of a stretch of time: the noun is `Summary`, the verb `summarize`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comity.measures.agreement import alpha
from comity.measures.matter import Matter
from comity.measures.times import Spread, spread
from comity.proportions import Proportion, difference_interval

UNKNOWN_LANGUAGE: Final = "und"


@dataclass(frozen=True, slots=True)
class ArticleMeasure:
    """How often people agreed that an article applied, of the cases that they looked at."""

    article: str
    precision: Proportion


@dataclass(frozen=True, slots=True)
class LanguageMeasure:
    """The cases of one language, beside all others.

    `difference` are the bounds of precision here minus precision elsewhere; None without either.
    If zero lies outside them, the languages are not treated alike, by more than chance.
    """

    language: str
    cases: int
    precision: Proportion
    overturned: Proportion
    late: Proportion
    decision: Spread
    difference: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Summary:
    """`overturned` is of the appeals that were heard; `late` of the cases whose due time came.

    The alphas are None where nothing can be said: see `alpha`.
    """

    cases: int
    decided: int
    open: int
    articles: tuple[ArticleMeasure, ...]
    precision: Proportion
    appealed: int
    overturned: Proportion
    reviewers_alpha: float | None
    jurors_alpha: float | None
    first_look: Spread
    decision: Spread
    late: Proportion
    languages: tuple[LanguageMeasure, ...]


def summarize(matters: Sequence[Matter], now: datetime) -> Summary:
    """Measure the matters as they stand at `now`."""
    names = sorted({name for matter in matters for name in matter.articles})
    return Summary(
        cases=len(matters),
        decided=sum(matter.decided is not None for matter in matters),
        open=sum(matter.decided is None for matter in matters),
        articles=tuple(
            ArticleMeasure(name, _precision(m for m in matters if name in m.articles))
            for name in names
        ),
        precision=_precision(matters),
        appealed=sum(matter.appealed for matter in matters),
        overturned=_overturned(matters),
        reviewers_alpha=alpha(matter.opinions for matter in matters),
        jurors_alpha=alpha(matter.votes for matter in matters),
        first_look=spread(m.looked - m.opened for m in matters if m.looked is not None),
        decision=_decision(matters),
        late=_late(matters, now),
        languages=_languages(matters, now),
    )


def _precision(matters: Iterable[Matter]) -> Proportion:
    words = [word for matter in matters if (word := matter.last_word) is not None]
    return Proportion(sum(word.agrees for word in words), len(words))


def _overturned(matters: Iterable[Matter]) -> Proportion:
    heard = [matter for matter in matters if matter.verdict is not None]
    return Proportion(sum(matter.overturned for matter in heard), len(heard))


def _late(matters: Iterable[Matter], now: datetime) -> Proportion:
    come = [late for matter in matters if (late := matter.late(now)) is not None]
    return Proportion(sum(come), len(come))


def _decision(matters: Iterable[Matter]) -> Spread:
    return spread(m.decided - m.opened for m in matters if m.decided is not None)


def _languages(matters: Sequence[Matter], now: datetime) -> tuple[LanguageMeasure, ...]:
    """The languages, the most frequent first."""
    counts = Counter(matter.language or UNKNOWN_LANGUAGE for matter in matters)
    return tuple(
        _language(name, matters, now)
        for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _language(name: str, matters: Sequence[Matter], now: datetime) -> LanguageMeasure:
    here = [matter for matter in matters if (matter.language or UNKNOWN_LANGUAGE) == name]
    others = [matter for matter in matters if (matter.language or UNKNOWN_LANGUAGE) != name]
    precision, elsewhere = _precision(here), _precision(others)
    known = precision.total and elsewhere.total
    return LanguageMeasure(
        language=name,
        cases=len(here),
        precision=precision,
        overturned=_overturned(here),
        late=_late(here, now),
        decision=_decision(here),
        difference=difference_interval(precision, elsewhere) if known else None,
    )
