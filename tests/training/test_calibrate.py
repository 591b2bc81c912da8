"""Calibration: which comments a curve rests on, and that it says what share of readers would."""

import numpy as np
import pytest

from training.calibrate import REFERENCE, at_reference, base_rate, curves
from training.examples import TUNE, Examples
from training.sources import ATTRIBUTES

INSULT = ATTRIBUTES.index("insult")
MARGINS = np.linspace(-4, 4, 400)


def comments(source: str, shares: np.ndarray, weight: float = 1.0) -> Examples:
    """Comments of one source, with what readers say of them as insults."""
    count = len(shares)
    labels = np.full((count, len(ATTRIBUTES)), np.nan, np.float32)
    weights = np.zeros_like(labels)
    labels[:, INSULT], weights[:, INSULT] = shares, weight
    languages, sources = np.full(count, "en"), np.full(count, source)
    return Examples([""] * count, languages, sources, labels, weights, np.full(count, TUNE))


def joined(*parts: Examples) -> Examples:
    arrays = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("languages", "sources", "labels", "weights", "split")
    )
    return Examples([text for part in parts for text in part.texts], *arrays)


def turning_point(*parts: Examples) -> float:
    """The margin at which half of the readers would call it an insult."""
    margins = np.repeat(np.tile(MARGINS, len(parts))[:, None], len(ATTRIBUTES), axis=1)
    found = curves(joined(*parts), margins, ["en"])
    assert found.known[0, INSULT]
    return float(-found.offsets[0, INSULT] / found.slopes[0, INSULT])


def above(mark: float) -> np.ndarray:
    return (mark < MARGINS).astype(float)


PEOPLE = comments("hatexplain", above(1))


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(comments("contrast:insult", above(-3)), id="our own sentences"),
        pytest.param(comments("hatexplain", above(-3), weight=0.3), id="what lists say"),
    ],
)
def test_where_people_have_labelled_enough_others_do_not_count(others: Examples) -> None:
    assert turning_point(PEOPLE, others) == pytest.approx(turning_point(PEOPLE), abs=1e-6)


def test_everyday_comments_come_before_those_collected_by_keyword() -> None:
    everyday = comments("jigsaw_5k", above(2))
    assert turning_point(PEOPLE, everyday) == pytest.approx(turning_point(everyday), abs=1e-6)


def test_our_own_sentences_count_for_want_of_others() -> None:
    assert turning_point(comments("contrast:insult", above(-1))) < 0


def test_the_more_comments_were_picked_the_more_of_them_are_taken_to_be_insults() -> None:
    shares = above(0)
    everyday, ours, keyword = (
        base_rate("insult", comments(source, shares))
        for source in ("jigsaw_5k", "contrast:insult", "hatexplain")
    )
    assert everyday == REFERENCE["insult"] < ours < keyword < 0.5


def test_comments_are_weighed_to_the_base_rate() -> None:
    weights, shares = at_reference(np.array([0.0, 0.2, 0.9, 1.0]), 0.3)
    assert np.average(shares, weights=weights) == pytest.approx(0.3)
