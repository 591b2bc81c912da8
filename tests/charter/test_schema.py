"""The JSON Schema that editors use agrees with what is read."""

import json

import pytest
import yaml
from jsonschema_rs import validator_for

from comity.charter import json_schema, starter
from tests.charter.charters import TOWN_SQUARE


class Loader(yaml.SafeLoader):
    """What editors make of YAML: dates and shares are not turned into anything."""


def as_editors_see(text: str) -> object:
    return yaml.load(text, Loader)


@pytest.mark.parametrize("text", [TOWN_SQUARE, starter()], ids=["town square", "starter"])
def test_a_charter_fits_the_schema(text: str) -> None:
    validator_for(json_schema()).validate(as_editors_see(text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("then: hold", "then: hodl"),
        ("then: hold", "than: hold"),
        ("id: no-flooding", "id: No flooding"),
        ("within: 1 hour", "within: 1h"),
        ("trial: true", "trial: perhaps"),
        ("community: town-square\n", ""),
        ("by: author", "by: moon"),
    ],
)
def test_what_is_refused_does_not_fit_either(before: str, after: str) -> None:
    text = TOWN_SQUARE.replace(before, after)
    assert text != TOWN_SQUARE
    assert not validator_for(json_schema()).is_valid(as_editors_see(text))


def test_every_key_is_explained_in_both_languages() -> None:
    english, chinese = json_schema(), json_schema("zh-Hans")
    for name, form in [("", english), *english["$defs"].items()]:
        table = form["anyOf"][-1] if "anyOf" in form else form
        other = chinese["$defs"][name] if name else chinese
        other = other["anyOf"][-1] if "anyOf" in other else other
        if "properties" in table:
            assert table["description"].isascii(), name
            assert not other["description"].isascii(), name
        for key, told in table.get("properties", {}).items():
            assert told["description"].isascii(), key
            assert not other["properties"][key]["description"].isascii(), key
    assert "x-zh" not in json.dumps([english, chinese])
