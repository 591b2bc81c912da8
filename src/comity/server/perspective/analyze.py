"""`analyze`: from a request to the answer that Perspective's clients expect."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.server.perspective.attributes import is_known, signal_of
from comity.server.perspective.errors import invalid, language_not_supported
from comity.server.perspective.sentences import sentences, utf16_offsets
from comity.server.perspective.wire import AnalyzeRequest, AttributeParameters
from comity.signals import Scorer, Scores
from comity.signals.language import identify

UNKNOWN_LANGUAGE = "und"


def analyze(request: AnalyzeRequest, scorer: Scorer) -> dict[str, Any]:
    """Answer a request that has been read; raises PerspectiveError for what we cannot score."""
    text = request.text
    spoken = [_primary(tag) for tag in request.languages or ()]
    pieces = sentences(text) if request.span_annotations else []
    whole, *parts = scorer.score(
        [text, *(text[begin:end] for begin, end in pieces)],
        languages=[spoken[0]] * (1 + len(pieces)) if spoken else None,
    )
    if not spoken and whole.language == UNKNOWN_LANGUAGE and not whole.attributes:
        raise invalid("LANGUAGE_DETECTION_FAILED", "Unable to detect language")
    spans = list(zip(pieces, parts, strict=True)) or [((0, len(text)), whole)]
    wanted = _wanted(request, whole, list(request.languages or [whole.language]))
    offsets = utf16_offsets(text)
    answer: dict[str, Any] = {
        "attributeScores": {
            name: _attribute_scores(signal, parameters, whole, spans, offsets)
            for name, signal, parameters in wanted
        },
        "languages": list(request.languages or [whole.language]),
        "detectedLanguages": [_detected(text, whole.language)],
    }
    if request.client_token:
        answer["clientToken"] = request.client_token
    return answer


def _detected(text: str, scored_as: str) -> str:
    """What the text itself tells, whatever the client said; and what it said where nothing does."""
    found = identify(text)
    return scored_as if found == UNKNOWN_LANGUAGE else found


def _wanted(
    request: AnalyzeRequest, scores: Scores, languages: list[str]
) -> list[tuple[str, str, AttributeParameters]]:
    """The attributes to answer: (name asked for, signal, parameters)."""
    wanted = []
    for name, parameters in (request.requested_attributes or {}).items():
        signal = signal_of(name)
        if signal is not None and signal in scores.attributes:
            wanted.append((name, signal, parameters or AttributeParameters()))
        elif request.drop_unsupported_attributes:
            continue
        elif is_known(name):
            raise language_not_supported(name, languages)
        else:
            raise invalid("INVALID_REQUEST", f"Unknown requested attribute: {name[:200]}")
    return wanted


def _attribute_scores(
    signal: str,
    parameters: AttributeParameters,
    whole: Scores,
    spans: Sequence[tuple[tuple[int, int], Scores]],
    offsets: Sequence[int],
) -> dict[str, Any]:
    """The scores of one attribute; those below its threshold are left out."""
    least = parameters.score_threshold
    answer: dict[str, Any] = {}
    shown = [
        {
            "begin": offsets[begin],
            "end": offsets[end],
            "score": _probability(scores.attributes[signal]),
        }
        for (begin, end), scores in spans
        if _reaches(scores.attributes, signal, least)
    ]
    if shown:
        answer["spanScores"] = shown
    if _reaches(whole.attributes, signal, least):
        answer["summaryScore"] = _probability(whole.attributes[signal])
    return answer


def _reaches(attributes: Mapping[str, float], signal: str, least: float | None) -> bool:
    return signal in attributes and (least is None or attributes[signal] >= least)


def _probability(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}


def _primary(tag: str) -> str:
    """zh-CN → zh: models are trained by language, not by region."""
    return tag.replace("_", "-").split("-")[0].lower()
