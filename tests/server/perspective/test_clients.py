"""Each client of the Perspective API passes unmodified but for its address, over a real socket."""

import json
import subprocess
from importlib import import_module
from pathlib import Path
from urllib.error import HTTPError

import pytest
import requests

NICE = "Thank you so much for the help yesterday, friend."
RUDE = "You are a complete idiot and everyone knows it."
CLIENTS = Path(__file__).parent / "clients"

SUGGESTION = {
    "comment": {"text": RUDE},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0.9}}},
    "clientToken": "comment:7",
}


@pytest.fixture(scope="module")
def key(server):
    return server.key("perspective")


def google_client(server, key):
    from googleapiclient import discovery

    return discovery.build(
        "commentanalyzer",
        "v1alpha1",
        developerKey=key,
        discoveryServiceUrl=f"{server.address}/$discovery/rest?version=v1alpha1",
        static_discovery=False,
        cache_discovery=False,
    )


def ask(text: str) -> dict:
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}, "INSULT": {}}}


def post(server, key: str, body: dict) -> requests.Response:
    return requests.post(f"{server.address}/v1alpha1/comments:analyze?key={key}", json=body)


def value(answer: dict, attribute: str = "TOXICITY") -> float:
    return answer["attributeScores"][attribute]["summaryScore"]["value"]


def test_google_api_python_client_builds_itself_from_our_discovery(server, key) -> None:
    with google_client(server, key) as client:
        comments = client.comments()
        nice = comments.analyze(body=ask(NICE)).execute()
        rude = comments.analyze(body=ask(RUDE)).execute()
        told = comments.suggestscore(body=SUGGESTION).execute()
    assert value(nice) < 0.2 < 0.5 < value(rude)
    assert rude["languages"] == rude["detectedLanguages"] == ["en"]
    assert told == {
        "detectedLanguages": ["en"],
        "requestedLanguages": ["en"],
        "clientToken": "comment:7",
    }


def test_google_api_python_client_builds_from_a_document_too(server, key) -> None:
    from googleapiclient import discovery

    document = requests.get(f"{server.address}/$discovery/rest?version=v1alpha1").json()
    with discovery.build_from_document(
        document, developerKey=key, client_options={"api_endpoint": server.address}
    ) as client:
        assert value(client.comments().analyze(body=ask(RUDE)).execute()) > 0.5


def test_google_api_python_client_understands_our_errors(server) -> None:
    from googleapiclient.errors import HttpError

    with google_client(server, "wrong") as client, pytest.raises(HttpError) as caught:
        client.comments().analyze(body=ask(NICE)).execute()
    assert caught.value.resp.status == 400
    assert caught.value.error_details[0]["reason"] == "API_KEY_INVALID"


def test_perspective(server, key) -> None:
    from perspective import PerspectiveAPI

    client = PerspectiveAPI(key)
    client.api_client.url = server.address + "/v1alpha1/{endpoint}"
    scores = client.score(RUDE, tests=["TOXICITY", "INSULT"])
    assert set(scores) == {"TOXICITY", "INSULT"}
    assert min(scores.values()) > 0.5
    with pytest.raises(HTTPError):
        client.score(RUDE, tests=["WISDOM"])


def test_pyperspective(server, key, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("PyPerspective.Perspective")

    monkeypatch.setattr(module, "base_url", server.address + "/v1alpha1/comments:analyze")
    comment = module.Perspective(key).get_score(RUDE, tests=["TOXICITY", "INSULT"])
    assert comment["TOXICITY"].score > 0.5
    assert str(comment["INSULT"][0]) == RUDE
    assert comment.detected_langs == ["en"]


def test_pyperspective_is_told_of_a_wrong_key(server, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("PyPerspective.Perspective")
    from PyPerspective.errors import InvalidAuthKey

    monkeypatch.setattr(module, "base_url", server.address + "/v1alpha1/comments:analyze")
    with pytest.raises(InvalidAuthKey):
        module.Perspective("wrong")


@pytest.mark.parametrize(
    ("client", "attributes"),
    [
        ("perspective-api-client", {"TOXICITY", "INSULT"}),
        ("conversationai", {"TOXICITY", "SPAM"}),
    ],
)
def test_javascript_clients(server, key, client: str, attributes: set[str]) -> None:
    done = subprocess.run(
        ["node", "ask.js", client, server.address, key, RUDE],
        cwd=CLIENTS,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert set(scores) == attributes
    assert scores["TOXICITY"] > 0.5


def test_coral_may_suggest_a_score_in_its_own_way(server, key) -> None:
    told = requests.post(
        f"{server.address}/v1alpha1/comments:suggestscore?key={key}",
        json={
            "comment": {"text": RUDE},
            "context": {"entries": [{"text": json.dumps({"url": "https://forum.example/1"})}]},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
            "languages": ["en"],
            "clientToken": "comment:42",
            "communityId": "Coral:https://forum.example",
        },
    )
    assert told.status_code == 200
    assert told.json()["clientToken"] == "comment:42"


def test_what_is_not_scored_is_refused_or_dropped_never_invented(server, key) -> None:
    asked = {"TOXICITY": {}, "AFFINITY_EXPERIMENTAL": {}}
    body = {"comment": {"text": NICE}, "requestedAttributes": asked}
    refused = post(server, key, body)
    assert refused.status_code == 400
    detail = refused.json()["error"]["details"][0]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    dropped = post(server, key, {**body, "dropUnsupportedAttributes": True})
    assert set(dropped.json()["attributeScores"]) == {"TOXICITY"}
    assert "sha256:" in dropped.headers["X-Comity-Model"]


def test_spans_are_utf16_one_a_sentence(server, key) -> None:
    text = "😀 Thank you! " + RUDE
    body = {**ask(text), "spanAnnotations": True}
    answer = requests.post(
        f"{server.address}/v1alpha1/comments:analyze?key={key}", json=body
    ).json()
    thanks, insult = answer["attributeScores"]["TOXICITY"]["spanScores"]
    units = text.encode("utf-16-le")
    assert units[2 * insult["begin"] : 2 * insult["end"]].decode("utf-16-le") == RUDE
    assert thanks["score"]["value"] < insult["score"]["value"]


def test_a_score_below_its_threshold_is_left_out(server, key) -> None:
    body = ask(NICE)
    body["requestedAttributes"] = {"TOXICITY": {"scoreThreshold": 0.9}, "INSULT": {}}
    answer = requests.post(
        f"{server.address}/v1alpha1/comments:analyze?key={key}", json=body
    ).json()
    assert "summaryScore" not in answer["attributeScores"]["TOXICITY"]
    assert "summaryScore" in answer["attributeScores"]["INSULT"]
