"""The discovery document, from which Google's client libraries build themselves.

It describes the calls that we answer; its addresses follow the request's own host, because they
decide where the client calls next.
"""

from collections.abc import Mapping
from typing import Any, Final

API_VERSION: Final = "v1alpha1"

_STRING: Final = {"type": "string"}
_BOOLEAN: Final = {"type": "boolean"}
_FLOAT: Final = {"type": "number", "format": "float"}
_INTEGER: Final = {"type": "integer", "format": "int32"}


def discovery_document(root_url: str) -> dict[str, Any]:
    """Describe the API as served under `root_url` (scheme, host and a closing slash)."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"commentanalyzer:{API_VERSION}",
        "name": "commentanalyzer",
        "canonicalName": "Comment Analyzer",
        "version": API_VERSION,
        "title": "Comment scores by Comity",
        "description": "Scores comments with the models of this server. Nothing leaves it.",
        "protocol": "rest",
        "rootUrl": root_url,
        "baseUrl": root_url,
        "basePath": "",
        "servicePath": "",
        "batchPath": "batch",
        "parameters": _COMMON_PARAMETERS,
        "schemas": _SCHEMAS,
        "resources": {
            "comments": {
                "methods": {
                    "analyze": _method("analyze", "AnalyzeComment", "Score a comment."),
                    "suggestscore": _method(
                        "suggestscore",
                        "SuggestCommentScore",
                        "Tell what a person thinks the scores should have been.",
                    ),
                }
            }
        },
    }


def _method(name: str, message: str, description: str) -> dict[str, Any]:
    path = f"{API_VERSION}/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "description": description,
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{message}Request"},
        "response": {"$ref": f"{message}Response"},
        "scopes": [],
    }


def _schema(name: str, **properties: Any) -> dict[str, Any]:
    return {"id": name, "type": "object", "properties": properties}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _map(of: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": name}


_REQUEST: Final[Mapping[str, Any]] = {
    "comment": _ref("TextEntry"),
    "context": _ref("Context"),
    "languages": _list(_STRING),
    "clientToken": _STRING,
    "sessionId": _STRING,
    "communityId": _STRING,
    "doNotStore": _BOOLEAN,
}

_SCHEMAS: Final = {
    schema["id"]: schema
    for schema in (
        _schema("TextEntry", text=_STRING, type=_STRING),
        _schema(
            "ArticleAndParentComment",
            article=_ref("TextEntry"),
            parentComment=_ref("TextEntry"),
        ),
        _schema(
            "Context",
            entries=_list(_ref("TextEntry")),
            articleAndParentComment=_ref("ArticleAndParentComment"),
        ),
        _schema("Score", value=_FLOAT, type=_STRING),
        _schema("SpanScore", begin=_INTEGER, end=_INTEGER, score=_ref("Score")),
        _schema(
            "AttributeScores",
            summaryScore=_ref("Score"),
            spanScores=_list(_ref("SpanScore")),
        ),
        _schema("AttributeParameters", scoreType=_STRING, scoreThreshold=_FLOAT),
        _schema(
            "AnalyzeCommentRequest",
            **_REQUEST,
            requestedAttributes=_map(_ref("AttributeParameters")),
            spanAnnotations=_BOOLEAN,
            dropUnsupportedAttributes=_BOOLEAN,
        ),
        _schema(
            "AnalyzeCommentResponse",
            attributeScores=_map(_ref("AttributeScores")),
            languages=_list(_STRING),
            detectedLanguages=_list(_STRING),
            clientToken=_STRING,
        ),
        _schema(
            "SuggestCommentScoreRequest",
            **_REQUEST,
            attributeScores=_map(_ref("AttributeScores")),
        ),
        _schema(
            "SuggestCommentScoreResponse",
            requestedLanguages=_list(_STRING),
            detectedLanguages=_list(_STRING),
            clientToken=_STRING,
        ),
    )
}

_COMMON_PARAMETERS: Final = {
    name: {"type": "string", "location": "query", "description": meaning}
    for name, meaning in {
        "key": "The API key.",
        "alt": "The form of the answer: always JSON.",
        "$.xgafv": "Ignored.",
        "access_token": "Ignored.",
        "fields": "Ignored.",
        "prettyPrint": "Ignored.",
        "quotaUser": "Ignored.",
        "uploadType": "Ignored.",
    }.items()
}
