"""The civility scorer: for each text the share of readers who would call it an insult, and so on.

The noun is `Scorer`, the verb `score`; it gives `Scores`. Loading one compiles the kernels (some
seconds, once a machine); importing this module does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.signals.signal import ModelRef, Span
from comity.signals.tables import (
    ARABIC,
    HAN,
    HANGUL,
    LATIN,
    Ints,
    bounds_of,
)

if TYPE_CHECKING:
    from comity.signals.encoder import Margins
    from comity.signals.linear import Flags, Floats
    from comity.signals.model import Model, Tier

LONGEST = 50_000
"""Code points. A longer text is judged by what it begins with."""
EXPLAINED = 0.5
"""Spans are given for attributes that score at least this."""
_BATCH_TEXTS, _BATCH_POINTS = 4096, 1 << 20
_UNKNOWN = "und"
_OF_SCRIPT = {LATIN: "en", HAN: "zh", HANGUL: "ko", ARABIC: "ar"}
"""The language whose attributes and calibration serve a text too short to tell its language."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured in one text. An attribute that is not supported in its language is absent.

    Spans are code points of the text; only attributes that score at least EXPLAINED have any.
    """

    attributes: Mapping[str, float]
    language: str
    spans: tuple[Span, ...]
    plain_text: str
    """The text as the model read it, with disguises undone; see `views`."""
    disguised: bool


class Scorer:
    """A loaded model. It keeps nothing between calls and may be used from many threads."""

    def __init__(self, model: "Model") -> None:
        self._model = model
        served = {
            name: model.card["attributes"][name]["languages"][model.tier]
            for name in model.attributes
        }
        self._rows = {language: k for k, language in enumerate(model.languages)}
        self._columns = [
            [(k, name) for k, name in enumerate(model.attributes) if language in served[name]]
            for language in model.languages
        ]
        self._columns.append([])  # of a language that the model does not know: the row -1
        self._supported = np.zeros((len(self._columns), len(model.attributes)), np.bool_)
        for row, columns in enumerate(self._columns):
            self._supported[row, [column for column, _ in columns]] = True
        self.score(["warm"], ["en"])

    @classmethod
    def load(cls, version: str | None = None, tier: "Tier | None" = None) -> "Scorer":
        """The shipped model of that version (or in that folder), by default the newest, all of it.

        Its files are checked. Raises ModelError.
        """
        from comity.signals.model import load

        return cls(load(version, tier))

    @property
    def model(self) -> ModelRef:
        return self._model.ref

    @property
    def card(self) -> Mapping[str, Any]:
        return self._model.card

    def score(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> list[Scores]:
        """Score texts, in order. Who knows their languages ("en", "zh", "und", …) may say so."""
        result: list[Scores] = []
        begin = 0
        for end in _batches(texts):
            told = None if languages is None else languages[begin:end]
            result += self._score_batch([text[:LONGEST] for text in texts[begin:end]], told)
            begin = end
        return result

    def _score_batch(self, texts: list[str], told: Sequence[str] | None) -> list[Scores]:
        from comity.signals.linear import score

        if told is None:
            from comity.signals.language import identify_all

            told = identify_all(texts)
        model = self._model
        points, bounds = _points("".join(texts)), bounds_of(texts)
        rows = [
            self._rows.get(_likely(text, model.table) if language == _UNKNOWN else language, -1)
            for text, language in zip(texts, told, strict=True)
        ]
        scores, folded, begins, disguised = score(
            points,
            bounds,
            np.maximum(np.array(rows, np.int32), 0),
            model.table,
            model.weights,
            model.scales,
            model.margins,
            model.shares,
        )
        whole, places = folded.tobytes().decode("utf-32-le", "surrogatepass"), begins.tolist()
        plain = [whole[begin:end] for begin, end in pairwise(places)]
        self._look_again(scores, plain, np.array(rows))
        wanted = self._supported[rows] & (scores >= EXPLAINED)
        spans = self._explain(points, bounds, wanted)
        result = []
        for k, (values, undone) in enumerate(zip(scores.tolist(), disguised.tolist(), strict=True)):
            attributes = {name: values[column] for column, name in self._columns[rows[k]]}
            result.append(Scores(attributes, told[k], tuple(spans.get(k, ())), plain[k], undone))
        return result

    def _look_again(self, scores: "Floats", plain: list[str], rows: Ints) -> None:
        """Where the fast scores leave something open, join them with what the encoder says."""
        second = self._model.second
        if second is None:
            return
        open_ = np.flatnonzero((scores >= second.from_[rows]).any(axis=1) & (rows >= 0))
        if not open_.size:
            return
        margins = second.encoder.margins([plain[k] for k in open_])[:, second.columns]
        scores[open_] = blend(scores[open_], margins, second.blend[rows[open_]])

    def _explain(self, points: Ints, bounds: Ints, wanted: "Flags") -> dict[int, list[Span]]:
        """The spans of each text that has any; `wanted` [texts, attributes] asks for them."""
        from comity.signals.linear import explain

        spans: dict[int, list[Span]] = {}
        if wanted.any():
            model = self._model
            found = explain(points, bounds, wanted, model.table, model.weights)
            for text, column, begin, end in found.tolist():
                spans.setdefault(text, []).append(Span(model.attributes[column], begin, end))
        return spans


def blend(scores: "Floats", margins: "Margins", weights: "Floats") -> "Floats":
    """Join fast scores with an encoder's margins, each [texts, attributes]; see `SecondLook`."""
    whole = weights[..., 0] * logit(scores) + weights[..., 1] * margins + weights[..., 2]
    return 1 / (1 + np.exp(-whole))


def logit(scores: "Floats") -> "Floats":
    """The log odds of scores, bounded so that 0 and 1 have some."""
    bounded = np.clip(scores, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(bounded / (1 - bounded))
    return odds


def _batches(texts: Sequence[str]) -> Iterator[int]:
    """Where each batch ends: bounded in texts and in code points."""
    count = size = 0
    for k, text in enumerate(texts):
        length = min(len(text), LONGEST)
        if count == _BATCH_TEXTS or (count and size + length > _BATCH_POINTS):
            yield k
            count = size = 0
        count += 1
        size += length
    if count:
        yield len(texts)


def _points(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)


def _likely(text: str, table: Ints) -> str:
    """The language that stands for the script of most letters of a text."""
    from comity.signals.lookup import script_of

    return _OF_SCRIPT.get(script_of(table, _points(text)), _UNKNOWN)
