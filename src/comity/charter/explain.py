"""What pydantic found wrong with a form, as a diagnostic in words for whoever wrote the file."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from comity.charter.document import Document, Path, quoted
from comity.charter.procedures_form import ProceduresForm
from comity.charter.quiz import ChoiceForm, ScenarioForm
from comity.charter.remedy import AccountRemedy
from comity.charter.schema import (
    ArticleForm,
    CharterForm,
    CounterForm,
    ExamplesForm,
    LessonForm,
    ThenForm,
)
from comity.errors import Diagnostic

Said = tuple[str, str]
"""Message and hint."""

Whole = tuple[type[BaseModel], str]
"""The form of the whole file, and how to speak of it."""

CHARTER: Final[Whole] = (CharterForm, "the charter")

_EMPTY: Final = "write something, or take it away; a text that begins with `#` needs quotes"

_OTHER_NAMES: Final = {
    "action": "then", "condition": "when", "description": "text", "duration": "for", "if": "when",
    "name": "title", "rule": "when", "rules": "articles", "tests": "examples", "window": "within",
}  # fmt: skip
"""What other programs call our keys."""

_OTHER_REMEDIES: Final = {
    "approve": "allow", "ban": "{account: suspend, for: 30 days}", "block": "remove",
    "delete": "remove", "flag": "hold", "hide": "hold", "notify": "nudge", "review": "hold",
}  # fmt: skip
"""What they call our remedies."""


def explain(mistake: ErrorDetails, document: Document, whole: Whole = CHARTER) -> Diagnostic:
    """Say one mistake, at its place."""
    path = tuple(mistake["loc"])
    at = document.nearest(path)
    match mistake["type"]:
        case "missing":
            owner = path[:-1]
            at = document.key(owner) or document.nearest(owner)
            return document.diagnose(at, *_missing(path, whole))
        case "extra_forbidden":
            return document.diagnose(document.key(path) or at, *_unknown(path, whole))
    if path[-1:] == ("[key]",):
        path = path[:-1]
        at = document.key(path) or at
    elif mistake["input"] is None:
        at = document.key(path) or at
    return document.diagnose(at, *_said(mistake, path))


def _said(mistake: ErrorDetails, path: Path) -> Said:
    name = _called(path)
    context: dict[str, Any] = mistake.get("ctx", {})
    if mistake["input"] is None:
        return f"{name} is empty", _EMPTY
    match mistake["type"]:
        case "charter":
            return context["message"], context["hint"]
        case "string_type":
            return f"{name} has to be a text", "a text with `, : [ ] { } #` in it needs quotes"
        case "list_type":
            hint = "write `[first, second]`, or each entry on a line with `- ` before it"
            return f"{name} has to be a list", hint
        case "dict_type" | "model_type":
            return _no_table(name, mistake["input"], path)
        case "enum" | "literal_error":
            return _no_choice(name, str(mistake["input"]), context["expected"])
        case "bool_parsing" | "bool_type":
            return f"{name} has to be `true` or `false`", "write one of the two"
        case _:
            return _out_of_bounds(mistake["type"], name, context)


def _out_of_bounds(kind: str, name: str, context: dict[str, Any]) -> Said:
    match kind:
        case "string_too_long":
            return f"{name} is longer than {context['max_length']:,} characters", "shorten it"
        case "too_long":
            return f"{name} has more than {context['max_length']:,} entries", "take some out"
        case _:
            return f"{name} has no entries", "add one"


def _missing(path: Path, whole: Whole) -> Said:
    form, owner = _form(path[:-1], whole)
    name = str(path[-1])
    meaning = _keys(form)[name].description or ""
    first, *_ = meaning.rstrip(".").split(". ")
    return f"{owner} has no `{name}`", f"add `{name}: …`, {first[:1].lower()}{first[1:]}"


def _unknown(path: Path, whole: Whole) -> Said:
    form, owner = _form(path[:-1], whole)
    name = str(path[-1])
    known = list(_keys(form))
    other = _OTHER_NAMES.get(name.lower())
    hint = f"here it is called `{other}`" if other in known else _nearest(name.lower(), known)
    return f"unknown key {quoted(name)} in {owner}", hint


def _no_table(name: str, written: Any, path: Path) -> Said:
    if isinstance(written, str) and "：" in written:
        message = "a full-width colon stands here"
        return message, "behind a name goes `: `, half-width, and a space"
    match path:
        case ("values", key) | (_, _, "title" | "text" as key):
            message = f"{name} has to say its language"
            return message, f"write `{key}: {{en: …, zh-Hans: …}}`, with each text in its language"
        case _:
            hint = "write each entry on a line of its own, indented"
            return f"{name} has to be a table of `name: value`", hint


def _no_choice(name: str, written: str, expected: str) -> Said:
    known = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    if "hold" in known and written in [rung.value for rung in AccountRemedy]:
        hint = f"it is one for accounts: write `then: {{account: {written}, for: 1 day}}`"
        return f"`{written}` is no remedy for a post", hint
    if "hold" in known and written.lower() in _OTHER_REMEDIES:
        hint = f"write `then: {_OTHER_REMEDIES[written.lower()]}`"
        return f"{quoted(written)} is none of our remedies", hint
    return f"{name} cannot be {quoted(written)}", _nearest(written.lower(), known)


def _nearest(written: str, known: Sequence[str]) -> str:
    close = get_close_matches(written, known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    *others, last = (f"`{name}`" for name in known)
    return f"what can stand here: {', '.join(others)} or {last}"


def _form(path: Path, whole: Whole) -> Whole:
    """Which form stands at a path, and how to speak of it."""
    match path:
        case ("articles", _):
            return ArticleForm, "this article"
        case ("articles", _, "then"):
            return ThenForm, "`then`"
        case ("articles", _, "examples"):
            return ExamplesForm, "`examples`"
        case ("counters", name):
            return CounterForm, f"the counter {quoted(str(name))}"
        case ("procedures", *inner):
            return _procedures_form(inner)
        case ("lessons", name):
            return LessonForm, f"the lesson {quoted(str(name))}"
        case ("quiz", _):
            return ScenarioForm, "this scenario"
        case ("quiz", _, "choices", _):
            return ChoiceForm, "this choice"
        case _:
            return whole


def _procedures_form(path: Sequence[str | int]) -> tuple[type[BaseModel], str]:
    form: type[BaseModel] = ProceduresForm
    for name in path:
        form = cast(type[BaseModel], _keys(form)[str(name)].annotation)
    return form, quoted(str(path[-1]) if path else "procedures")


def _keys(form: type[BaseModel]) -> dict[str, FieldInfo]:
    """What can stand in a form, by the key that is written."""
    return {field.alias or name: field for name, field in form.model_fields.items()}


def _called(path: Path) -> str:
    """What to call a value: by its key, or by the list it is in."""
    match path:
        case ():
            return "a charter"
        case ("articles", int()):
            return "an article"
        case (*_, str(name), int()):
            return f"an entry of {quoted(name)}"
        case _:
            return quoted(str(path[-1]))
