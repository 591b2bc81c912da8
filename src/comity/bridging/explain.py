"""Why a note has the status it has, as data and as a sentence.

The noun is `Explanation`, the verb `explain`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from comity.bridging.gaussian import Curves
from comity.bridging.ratings import HELPFUL, NOT_HELPFUL, SOMEWHAT_HELPFUL
from comity.bridging.status import (
    HELPFUL_FACTOR,
    HELPFUL_INTERCEPT,
    MIN_NET,
    MIN_NET_SHARE,
    MIN_RATINGS,
    NOT_HELPFUL_INTERCEPT,
    NOT_HELPFUL_SLOPE,
    Scores,
    Status,
    nets,
    supported,
)
from comity.bridging.tally import NEGATIVE, POSITIVE


@dataclass(frozen=True, slots=True)
class Support:
    """What the raters of one side said."""

    helpful: int
    somewhat_helpful: int
    not_helpful: int

    @property
    def ratings(self) -> int:
        return self.helpful + self.somewhat_helpful + self.not_helpful


@dataclass(frozen=True, slots=True)
class Threshold:
    """One condition of a status: what the note has, what is asked, and whether it is met."""

    status: Status
    of: Literal["ratings", "intercept", "factor", "support"]
    value: float
    limit: float
    met: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """One note: its numbers, the support on each side of the axis, each threshold met or missed,
    how helpful raters at each place along the axis find it, and all that in a sentence in English
    (`en`) and Chinese (`zh-Hans`).
    """

    note: Any
    status: Status
    intercept: float
    factor: float
    sides: tuple[Support, Support]
    thresholds: tuple[Threshold, ...]
    curve: tuple[tuple[float, float], ...]
    sentence: Mapping[str, str]


def explain(scores: Scores, curves: Curves, note: int) -> Explanation:
    """Explain the status of one note, `note` being its place in `scores` and `curves`, which are of
    the same ratings.
    """
    sides = (_support(scores, note, NEGATIVE), _support(scores, note, POSITIVE))
    thresholds = tuple(_thresholds(scores, note))
    found: Status = scores.statuses[note]
    return Explanation(
        note=scores.notes[note],
        status=found,
        intercept=float(scores.intercepts[note]),
        factor=float(scores.factors[note]),
        sides=sides,
        thresholds=thresholds,
        curve=tuple(
            (float(x), float(y)) for x, y in zip(curves.points, curves.helpful[note], strict=True)
        ),
        sentence=_sentence(found, sides, thresholds),
    )


def _support(scores: Scores, note: int, side: int) -> Support:
    counts = scores.sides[note, side]
    return Support(int(counts[HELPFUL]), int(counts[SOMEWHAT_HELPFUL]), int(counts[NOT_HELPFUL]))


def _thresholds(scores: Scores, note: int) -> Iterator[Threshold]:
    """What a status asks of the note that did not have it yet."""
    counted = int(scores.counted[note])
    intercept, factor = float(scores.intercepts[note]), abs(float(scores.factors[note]))
    one = slice(note, note + 1)
    net = int(nets(scores.sides[one]).min())
    enough = counted >= MIN_RATINGS
    yes, no = Status.HELPFUL, Status.NOT_HELPFUL
    yield Threshold(yes, "ratings", counted, MIN_RATINGS, enough)
    yield Threshold(yes, "intercept", intercept, HELPFUL_INTERCEPT, intercept >= HELPFUL_INTERCEPT)
    yield Threshold(yes, "factor", factor, HELPFUL_FACTOR, factor <= HELPFUL_FACTOR)
    asked = max(MIN_NET, MIN_NET_SHARE * counted)
    met = bool(supported(scores.sides[one], scores.counted[one])[0])
    yield Threshold(yes, "support", net, asked, met)
    limit = NOT_HELPFUL_INTERCEPT + NOT_HELPFUL_SLOPE * factor
    yield Threshold(no, "ratings", counted, MIN_RATINGS, enough)
    yield Threshold(no, "intercept", intercept, limit, intercept <= limit)


def _sentence(
    found: Status, sides: tuple[Support, Support], thresholds: tuple[Threshold, ...]
) -> Mapping[str, str]:
    one, other = sides
    numbers = {
        "yes_one": one.helpful,
        "all_one": one.ratings,
        "yes_other": other.helpful,
        "all_other": other.ratings,
    }
    missed = [t for t in thresholds if t.status is Status.HELPFUL and not t.met]
    reason = found.value if found is not Status.NEEDS_MORE_RATINGS or not missed else missed[0].of
    figures = {f"{t.of}": t for t in thresholds if t.status is Status.HELPFUL}
    return {
        language: _SIDES[language].format(**numbers)
        + texts[reason].format(
            intercept=figures["intercept"].value,
            factor=figures["factor"].value,
            counted=int(figures["ratings"].value),
            net=int(figures["support"].value),
        )
        for language, texts in _REASONS.items()
    }


_SIDES = {
    "en": (
        "On one side {yes_one} of {all_one} raters found it helpful, on the other "
        "{yes_other} of {all_other}: "
    ),
    "zh-Hans": (
        "一侧的 {all_one} 名评价者中有 {yes_one} 名认为它有帮助，"
        "另一侧的 {all_other} 名中有 {yes_other} 名："
    ),
}

_REASONS = {
    "en": {
        "helpful": "people who usually differ agree that it helps (intercept {intercept:.2f}, "
        "at least 0.40), so it is shown.",
        "not_helpful": "it does not help either side enough (intercept {intercept:.2f}), so it is "
        "rated not helpful.",
        "needs_more_ratings": "its status has not settled yet.",
        "ratings": "only {counted} ratings count so far, and 5 are needed.",
        "intercept": "what both sides share is not enough yet (intercept {intercept:.2f}, "
        "0.40 is needed).",
        "factor": "it speaks to one side too much (factor {factor:.2f}, at most 0.50).",
        "support": "one side does not support it enough (helpful less not helpful: {net}; at "
        "least 4 and 5 % of all ratings, or 10).",
    },
    "zh-Hans": {
        "helpful": "平时意见不同的人都认为它有帮助"
        "（截距 {intercept:.2f}，达到 0.40），因此予以展示。",
        "not_helpful": "它对两侧都没有足够的帮助（截距 {intercept:.2f}），因此评为无帮助。",
        "needs_more_ratings": "状态尚未确定。",
        "ratings": "目前只有 {counted} 个评价计入，至少需要 5 个。",
        "intercept": "两侧共同的认可还不够（截距 {intercept:.2f}，需要 0.40）。",
        "factor": "它过于偏向一侧（因子 {factor:.2f}，最多 0.50）。",
        "support": "有一侧的支持不够"
        "（有帮助减无帮助：{net}；至少 4 且占全部评价的 5%，或至少 10）。",
    },
}
