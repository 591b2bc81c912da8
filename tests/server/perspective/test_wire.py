"""What the Perspective endpoints accept, and how they say no to the rest."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.server.perspective.analyze import analyze
from comity.server.perspective.errors import PerspectiveError
from comity.server.perspective.sentences import sentences, utf16_offsets
from comity.server.perspective.wire import read_analyze, read_suggest
from comity.signals import Scorer

ASK: dict[str, Any] = {"comment": {"text": "Hello"}, "requestedAttributes": {"TOXICITY": {}}}


def refusal(body: object, read: Any = read_analyze) -> dict[str, Any]:
    with pytest.raises(PerspectiveError) as caught:
        read(json.dumps(body).encode())
    error = caught.value.body["error"]
    assert error["details"], "clients read details[0]"
    return error


@pytest.mark.parametrize(
    ("change", "error_type", "message"),
    [
        ({"comment": {"text": ""}}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": None}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": {"text": " \n"}}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": {"text": "字" * 6_827}}, "COMMENT_TOO_LONG", "Comment text too long."),
        (
            {"requestedAttributes": {}},
            "NO_REQUESTED_ATTRIBUTES",
            "Missing requested_attributes",
        ),
        (
            {"comment": {"text": "<b>", "type": "HTML"}},
            "INVALID_REQUEST",
            "Currently, only 'PLAIN_TEXT' comments are supported",
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreType": "STD_DEV_SCORE"}}},
            "INVALID_REQUEST",
            "Requested score type STD_DEV_SCORE is not supported by attribute TOXICITY",
        ),
        (
            {"context": {"entries": [], "articleAndParentComment": {}}},
            "INVALID_REQUEST",
            (
                "Context can have either entries or article_and_parent_comment, "
                "but both fields were populated."
            ),
        ),
    ],
)
def test_each_refusal_has_the_words_that_clients_know(
    change: dict[str, Any], error_type: str, message: str
) -> None:
    error = refusal({**ASK, **change})
    assert error["details"][0]["errorType"] == error_type
    assert error["message"] == message
    assert error["status"] == "INVALID_ARGUMENT"


def test_an_unknown_field_is_named() -> None:
    assert "spanAnotations" in refusal({**ASK, "spanAnotations": True})["message"]


def test_an_empty_body_is_an_empty_comment() -> None:
    with pytest.raises(PerspectiveError):
        read_analyze(b"")


def test_a_threshold_of_nought_is_not_no_threshold() -> None:
    asked = {"TOXICITY": {"scoreThreshold": 0}, "INSULT": {}}
    request = read_analyze(json.dumps({**ASK, "requestedAttributes": asked}).encode())
    assert request.requested_attributes is not None
    assert request.requested_attributes["TOXICITY"].score_threshold == 0  # type: ignore[union-attr]
    assert request.requested_attributes["INSULT"].score_threshold is None  # type: ignore[union-attr]


def test_a_suggestion_needs_a_score() -> None:
    body = {"comment": {"text": "Hello"}}
    assert "attribute_scores" in refusal(body, read_suggest)["message"]
    body["attributeScores"] = {"TOXICITY": {}}  # type: ignore[assignment]
    assert "TOXICITY" in refusal(body, read_suggest)["message"]


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer.load()


@pytest.mark.parametrize("attribute", ["CURIOSITY_EXPERIMENTAL", "NUANCE", "TOXICITY"])
def test_what_is_not_scored_is_refused_with_the_languages_that_were_asked_for(
    attribute: str, scorer: Scorer
) -> None:
    asked = {**ASK, "languages": ["hi-Latn"], "requestedAttributes": {attribute: {}}}
    error = refusal(asked, lambda body: analyze(read_analyze(body), scorer))
    told = error["details"][0]["languageNotSupportedByAttributeError"]
    assert told == {"detectedLanguages": ["hi-Latn"], "attribute": attribute}


def test_a_language_is_detected_whatever_the_client_says(scorer: Scorer) -> None:
    asked = {**ASK, "comment": {"text": "谢谢大家的帮助"}, "languages": ["en"]}
    answer = analyze(read_analyze(json.dumps(asked).encode()), scorer)
    assert (answer["languages"], answer["detectedLanguages"]) == (["en"], ["zh"])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for read in (read_analyze, read_suggest):
        with pytest.raises(PerspectiveError):
            read(body)


def test_sentences_end_where_readers_end_them() -> None:
    text = 'Yes. "Really?" I paid 3.50 for it!\n\n好的。我来！谢谢'
    assert [text[begin:end] for begin, end in sentences(text)] == [
        "Yes.",
        '"Really?"',
        "I paid 3.50 for it!",
        "好的。",
        "我来！",
        "谢谢",
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_sentences_keep_order_and_lose_only_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(begin < end for begin, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[b:e].split()) for b, e in spans) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_offsets_are_those_of_utf16(text: str) -> None:
    assert utf16_offsets(text) == [
        len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)
    ]
