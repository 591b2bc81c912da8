"""The catalogue: one table that docs, checker and console can rely on."""

import pytest

from comity.signals import CATALOGUE, Kind, Signal, Source


@pytest.mark.parametrize("signal", CATALOGUE.values(), ids=CATALOGUE)
def test_a_signal_is_fully_described(signal: Signal) -> None:
    assert signal.meaning["en"].endswith(".")
    assert signal.meaning["zh-Hans"].endswith("。")
    numeric = signal.kind in (Kind.INTEGER, Kind.NUMBER)
    assert (signal.low is not None) == numeric
    assert list(signal.languages) == sorted(set(signal.languages))


def test_names_are_those_that_a_condition_can_spell() -> None:
    assert all(name.isidentifier() and name == name.lower() for name in CATALOGUE)
    assert all(name == signal.name for name, signal in CATALOGUE.items())


def test_scores_are_probabilities() -> None:
    scores = [signal for signal in CATALOGUE.values() if signal.source is Source.MODEL]
    assert scores
    assert {(score.low, score.high, score.kind) for score in scores} == {(0.0, 1.0, Kind.NUMBER)}


def test_nobody_can_change_it() -> None:
    with pytest.raises(TypeError):
        CATALOGUE["insult"] = CATALOGUE["threat"]  # type: ignore[index]
