"""How the Perspective API says no: code, status, message, and details that are never empty."""

from collections.abc import Mapping
from typing import Any, Final

from comity.server.problems import Problem

_ERROR_TYPE: Final = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_ERROR_INFO: Final = "type.googleapis.com/google.rpc.ErrorInfo"
_BAD_REQUEST: Final = "type.googleapis.com/google.rpc.BadRequest"
_HELP: Final = "type.googleapis.com/google.rpc.Help"
_STATUS: Final[Mapping[int, str]] = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
"""The names that google.rpc.Code has for what may go wrong before a request is read."""


class PerspectiveError(Exception):
    """A refusal in the API's own form; `body` is what goes over the wire."""

    def __init__(self, code: int, status: str, message: str, *details: dict[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.body = {
            "error": {
                "code": code,
                "message": message,
                "status": status,
                "details": list(details),
            }
        }


def invalid(error_type: str, message: str, **more: Any) -> PerspectiveError:
    """A 400 with an errorType, which is what clients branch on."""
    detail = {"@type": _ERROR_TYPE, "errorType": error_type, **more}
    return PerspectiveError(400, "INVALID_ARGUMENT", message, detail)


def language_not_supported(attribute: str, languages: list[str]) -> PerspectiveError:
    return invalid(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {attribute} does not support request languages: {', '.join(languages)}",
        languageNotSupportedByAttributeError={
            "detectedLanguages": languages,
            "attribute": attribute,
        },
    )


def from_problem(problem: Problem) -> PerspectiveError:
    """What is said under /v1, in this API's form."""
    message = ": ".join(filter(None, (problem.body["message"], problem.body["hint"])))
    reason = problem.body["code"].upper()
    return PerspectiveError(
        problem.status,
        _STATUS[problem.status],
        message,
        {"@type": _ERROR_INFO, "reason": reason, "domain": "comity"},
    )


def malformed(field: str, description: str) -> PerspectiveError:
    """A 400 for a body that does not have the form of a request."""
    field = field[:200]
    place = f" at '{field}'" if field else ""
    return PerspectiveError(
        400,
        "INVALID_ARGUMENT",
        f"Invalid JSON payload received{place}: {description}",
        {
            "@type": _BAD_REQUEST,
            "fieldViolations": [{"field": field, "description": description}],
        },
    )


def method_not_allowed(allowed: str) -> PerspectiveError:
    description = f"this address takes {allowed} only"
    return PerspectiveError(
        405,
        "UNIMPLEMENTED",
        f"Method not allowed: {description}.",
        {"@type": _BAD_REQUEST, "fieldViolations": [{"field": "", "description": description}]},
    )


def bad_key() -> PerspectiveError:
    return PerspectiveError(
        400,
        "INVALID_ARGUMENT",
        "API key not valid. Please pass a valid API key.",
        {"@type": _ERROR_INFO, "reason": "API_KEY_INVALID", "domain": "googleapis.com"},
    )


def wrong_scope() -> PerspectiveError:
    return PerspectiveError(
        403,
        "PERMISSION_DENIED",
        "This API key does not have the scope `perspective`.",
        {"@type": _ERROR_INFO, "reason": "API_KEY_SERVICE_BLOCKED", "domain": "googleapis.com"},
    )


def over_quota(limit: int, help_url: str) -> PerspectiveError:
    return PerspectiveError(
        429,
        "RESOURCE_EXHAUSTED",
        f"Quota exceeded: this key may make {limit} requests a minute.",
        {
            "@type": _ERROR_INFO,
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": {"quota_limit_value": str(limit), "quota_unit": "1/min"},
        },
        {"@type": _HELP, "links": [{"description": "How keys are limited", "url": help_url}]},
    )
