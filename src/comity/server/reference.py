"""The page of the docs that describes the HTTP interface, made from its OpenAPI document."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

_HEAD: Final = """# HTTP

Everything under `/v1` speaks JSON. The same is described for programs at `/v1/openapi.json`, and to try out at `/v1/docs` on your own server. The calls of the Perspective API have [a guide of their own](../guides/perspective.md).

Calls marked **key** need the header `Authorization: Bearer ck_…`; `comity keys create` makes one. The rest is public. Answers to a key carry `RateLimit` and `RateLimit-Policy`; a 429 says in `Retry-After` when to come again.

Every error has one form; `code` is for programs and does not change:

```json
{"error": {"code": "invalid", "message": "`time` has no time zone", "where": "time", "hint": "write it like 2026-11-23T10:00:00Z"}}
```

`/healthz` answers 200 while the server can record, and 503 otherwise. `/metrics` speaks Prometheus.
"""  # noqa: E501  a paragraph is a line


def reference_page() -> str:
    """Render the page; sets Django up where nobody has."""
    document = _openapi()
    parts = [_HEAD]
    for path, methods in document["paths"].items():
        parts += [_operation(m, path, operation) for m, operation in methods.items()]
    parts.append("## What goes over the wire\n")
    parts += [_schema(name, s) for name, s in sorted(document["components"]["schemas"].items())]
    return "\n".join(parts)


def _openapi() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.server.settings")
    import django

    django.setup(set_prefix=False)
    from comity.server.api import api

    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/v1/"), default=str))


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    key = " · **key**" if operation.get("security") else ""
    lines = [f"## `{method.upper()} {path}`{key}", "", operation.get("description", ""), ""]
    parameters = operation.get("parameters", [])
    if parameters:
        lines += ["| parameter | in | type |", "|---|---|---|"]
        lines += [
            f"| `{p['name']}`{'' if p.get('required') else ' (optional)'} | {p['in']} "
            f"| {_type(p['schema'])} |"
            for p in parameters
        ]
        lines.append("")
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if body:
        lines += [f"Takes {_type(body['schema'])}.", ""]
    if "example" in body:
        example = json.dumps(body["example"], indent=2, ensure_ascii=False)
        lines += ["```json", example, "```", ""]
    lines += [f"Answers {_answers(operation['responses'])}.", ""]
    return "\n".join(lines)


def _answers(responses: Mapping[str, Any]) -> str:
    good, refusals = "", []
    for status, response in sorted(responses.items()):
        content = next(iter(response.get("content", {"": {}}).values()))
        if status < "400":
            good = f"{status} with {_type(content.get('schema', {}))}"
        else:
            refusals.append(status)
    return good + (f"; or {', '.join(refusals)} with an error" if refusals else "")


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    lines = [f"### {name}", "", schema.get("description", ""), ""]
    if "enum" in schema:
        lines += ["One of " + ", ".join(f"`{value}`" for value in schema["enum"]) + ".", ""]
    if schema.get("properties"):
        required = schema.get("required", ())
        lines += ["| field | type | |", "|---|---|---|"]
        lines += [
            f"| `{field}` | {_type(shape)} | {'required' if field in required else ''} |"
            for field, shape in schema["properties"].items()
        ]
        lines.append("")
    return "\n".join(lines)


def _type(schema: Mapping[str, Any]) -> str:
    """Say a schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    for either in ("anyOf", "oneOf"):
        if either in schema:
            return " or ".join(_unique(_type(one) for one in schema[either]))
    kind = schema.get("type", "anything")
    if kind == "array":
        most = f" of at most {schema['maxItems']:,}" if "maxItems" in schema else ""
        return f"array{most}: {_type(schema.get('items', {}))}"
    most = f", at most {schema['maxLength']:,} characters" if "maxLength" in schema else ""
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{kind}{form}{most}"


def _unique(words: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(words))
