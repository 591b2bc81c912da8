"""The reference page of the charter file, written from the same description that reads it."""

from typing import Any, Final

from comity.charter.checks import CHECKS
from comity.charter.schema import json_schema
from comity.charter.template import starter

_INTRODUCTION: Final = """\
# The charter

<!-- Written by scripts/reference.py. Change the code it comes from instead. -->

A charter is one YAML file, written for people. `comity charter new` writes one to start from,
`comity charter check` finds its mistakes, `comity charter test` runs its examples, and
`comity charter schema` prints a JSON Schema with which editors complete and explain the keys: keep
it beside the charter as `charter.schema.json` and begin the charter with
`# yaml-language-server: $schema=charter.schema.json`.

公约是一个供人阅读的 YAML 文件。`comity charter new` 生成初稿，`check` 查错，`test` 运行示例，
`schema` 输出供编辑器补全用的 JSON Schema（加 `--language zh-Hans` 得到中文说明）。

## How it is read

- Every value is the text that you wrote: `no`, `007` and `2024-01-01` mean themselves.
- A length of time is a whole number and a unit, up to 366 days: `30 seconds`, `1 hour`, `2 weeks`.
- A text needs quotes when it begins with one of `` * & ! % @ ` # ``, has `: ` or ` #` in it, or
  stands in square brackets and has a comma in it. In braces a comma does no harm:
  `title: {en: Yes, we can}`.
- White space around a text does not count. Line ends and a byte order mark as Windows writes them
  are taken as they come.
- What YAML has beyond texts, lists and tables is refused: aliases, anchors, tags, merge keys, keys
  that stand twice, several documents in a file. So are invisible characters that could make a line
  read otherwise than it runs, files above a million bytes, and nesting of more than ten levels.
- A key that need not be there may be left empty.

## The hash

A charter is known by the SHA-256 of its canonical form: what it says, without comments, layout and
the order of keys. Two files that mean the same have the same hash; whatever members read or a
decision depends on changes it. `60 minutes` is `1 hour`, `2%` is `0.02`, and a condition counts by
its meaning-bearing parts, not by its spaces. The order of articles and of examples counts.
"""

_SECTIONS: Final = {
    "CharterForm": "The file",
    "ArticleForm": "An article",
    "ThenForm": "`then`",
    "ExamplesForm": "`examples`",
    "CounterForm": "A counter",
    "LessonForm": "A lesson",
    "ProceduresForm": "`procedures`",
    "ReviewForm": "`review`",
    "AppealsForm": "`appeals`",
    "StrikesForm": "`strikes`",
    "WeightsForm": "`weights`",
    "LadderForm": "`ladder`",
    "RungForm": "A rung",
}
"""The tables of the page, in order, by the names of the schema."""

_AFTER: Final = {
    "ThenForm": """\
`then: hold` is short for `then: {remedy: hold}`. A remedy for the account alone leaves the post
alone. Where `for` times both a `limit` and a `mute`, both last that long. `mute` and `suspend` have
to end: to shut someone out for good is a decision for people.
""",
    "ExamplesForm": """\
Each example is measured as a post by itself. Counters, and what there is to know of its author and
thread, are unknown: where an article abstains for that, a `violates` counts as untold, neither
passed nor failed. An `allows` passes when the article does not apply.
""",
    "LessonForm": """\
The charter names a lesson and says in a paragraph what it teaches. The whole of it stands beside
the charter file, in the folder `lessons`, one file for each language: `disagree-well.en.md`,
`disagree-well.zh-Hans.md`. Above the text, between two lines of `---`, stands a quiz:

```markdown
---
quiz:
  - scenario: Someone got the bus times wrong. What do you write?
    choices:
      - answer: It leaves at nine; here is the timetable.
        good: true
        because: It settles the matter.
      - answer: You would not know, you have a car.
        because: It is about the person, and the times are still wrong.
---
Say **what** is wrong, and how you know.
```

A scenario has two to six choices, at least one good and one not; a quiz has up to ten scenarios.
The text is Markdown without HTML and without pictures; headings begin with `##`, for the title
comes from the charter. Lessons can be improved without amending the charter: they are no part of
its hash. `comity charter check` reads them with the charter.
""",
    "ProceduresForm": """\
Everything here may be left out, in whole or in part; then it is as the tables say. A charter that
writes out what is usual is the same charter, and has the same hash, as one that leaves it out.
""",
    "LadderForm": """\
A member's standing is the sum of the weights of their strikes that count: not expired, not lifted
by an appeal, not redeemed by a lesson. A rung is taken when a new strike brings the standing to it.
""",
}


def reference_page() -> str:
    """The page, in Markdown."""
    schema = json_schema()
    chinese = json_schema("zh-Hans")
    parts = [_INTRODUCTION]
    for name, heading in _SECTIONS.items():
        parts += [f"## {heading}\n", _table(_form(schema, name), _form(chinese, name))]
        parts += [_AFTER[name]] if name in _AFTER else []
    parts += ["## What is checked\n", _checks(), "## An example\n", f"```yaml\n{starter()}```\n"]
    return "\n".join(parts)


def _form(schema: dict[str, Any], name: str) -> dict[str, Any]:
    form: dict[str, Any] = schema["$defs"].get(name, schema)
    # `then` can be a text or a table; the table is what there is to describe.
    return form["anyOf"][-1] if "anyOf" in form else form


def _table(form: dict[str, Any], chinese: dict[str, Any]) -> str:
    rows = ["| key | what it is | meaning | 含义 |", "|---|---|---|---|"]
    for key, told in form["properties"].items():
        needed = " (needed)" if key in form.get("required", ()) else ""
        meaning, zh = told["description"], chinese["properties"][key]["description"]
        rows.append(f"| `{key}`{needed} | {_kind(told)}{_usual(told)} | {meaning} | {zh} |")
    return "\n".join(rows) + "\n"


def _usual(told: dict[str, Any]) -> str:
    """What holds where the key is left out, if that can be said in a word."""
    usual = told.get("default")
    return (
        f"; else `{usual}`" if isinstance(usual, str | int | float) and usual is not False else ""
    )


def _kind(told: dict[str, Any]) -> str:
    """What a value is, in words."""
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return f"{_SECTIONS[name].lower()} (below)" if name in _SECTIONS else _choice(name)
    if "anyOf" in told:
        return _kind(next(each for each in told["anyOf"] if each.get("type") != "null"))
    if "enum" in told:
        return _either(told["enum"])
    match told["type"]:
        case "array":
            return f"a list, each {_kind(told['items'])}"
        case "object":
            return _table_of(told)
        case "boolean":
            return "`true` or `false`"
        case "integer":
            return f"a whole number from {told['minimum']} to {told['maximum']}"
        case "string" if "maxLength" in told:
            return f"a text of up to {told['maxLength']:,} characters"
        case "string" if "examples" in told:
            return f"a text like {_either(told['examples'])}"
    return "a text" if told["type"] == "string" else f"a share like {_either(told['examples'])}"


def _table_of(told: dict[str, Any]) -> str:
    (values,) = told["patternProperties"].values()
    names = told["propertyNames"]["examples"]
    if names == ["en", "zh-Hans"]:
        return f"in each language, {_kind(values)}"
    return f"by a name like {_either(names)}: {_kind(values)}"


def _choice(name: str) -> str:
    return _either(json_schema()["$defs"][name]["enum"])


def _either(choices: list[Any]) -> str:
    return ", ".join(f"`{choice}`" for choice in choices)


def _checks() -> str:
    rows = [
        "Errors keep a charter from being used. Warnings do not, unless you ask for `--strict`:",
        "",
        "| check | what it finds | 说明 |",
        "|---|---|---|",
        *(
            f"| {check.name} | {check.meaning['en']} | {check.meaning['zh-Hans']} |"
            for check in CHECKS
        ),
    ]
    return "\n".join(rows) + "\n"
