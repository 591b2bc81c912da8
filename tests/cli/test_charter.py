"""`comity charter`."""

import json
import sys
from pathlib import Path

import pytest

from comity.cli import main
from tests.charter.charters import TOWN_SQUARE


@pytest.fixture
def comity(monkeypatch, capsys):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["comity", "charter", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.fixture
def ours(tmp_path):
    """Write a charter file."""

    def write(text=TOWN_SQUARE):
        path = tmp_path / "ours.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_new_charter_passes_every_check(comity, tmp_path):
    path = tmp_path / "charter.yaml"
    assert comity("new", path)[0] == 0
    assert comity("check", path, "--strict") == (0, "", f"{path}: 0 errors, 0 warnings\n")


def test_a_new_charter_never_takes_the_place_of_another(comity, ours):
    path = ours("mine")
    code, _, err = comity("new", path)
    assert (code, path.read_text()) == (1, "mine")
    assert "is there already" in err


def test_a_charter_cannot_be_written_where_there_is_no_folder(comity, tmp_path):
    code, _, err = comity("new", tmp_path / "nowhere" / "charter.yaml")
    assert code == 1
    assert "cannot be written" in err


def test_every_mistake_is_told_with_its_place(comity, ours):
    path = ours(TOWN_SQUARE.replace("toxicity", "toxcity").replace("> 20", ">"))
    code, out, err = comity("check", path)
    assert code == 1
    assert f"{path}:17:11: error: unknown signal `toxcity`" in out
    assert f"{path}:27:27: error: something is missing after `>`" in out
    assert err == f"{path}: 2 errors, 0 warnings\n"


def test_warnings_are_no_errors_unless_asked_for(comity, ours):
    path = ours(TOWN_SQUARE.replace(", zh-Hans: 不作人身攻击", ""))
    code, out, _ = comity("check", path)
    assert code == 0
    assert "warning: `title` is not there in `zh-Hans`" in out
    code, out, _ = comity("check", path, "--strict")
    assert code == 1
    assert "error: `title` is not there in `zh-Hans`" in out


def test_machines_are_told_the_same(comity, ours):
    path = ours(TOWN_SQUARE.replace("then: hold", "then: hodl"))
    code, out, _ = comity("check", path, "--json")
    found = json.loads(out)
    assert code == 1
    assert (found["errors"], found["warnings"]) == (1, 0)
    (mistake,) = found["diagnostics"]
    assert (mistake["line"], mistake["column"], mistake["length"]) == (18, 11, 4)
    assert mistake["hint"] == "did you mean `hold`?"


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_file_that_is_no_text_is_refused(comity, tmp_path, command):
    path = tmp_path / "charter.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    code, out, err = comity(command, path)
    assert code == 1
    assert "not written in UTF-8" in out + err


def test_a_file_that_is_not_there_is_a_wrong_usage(comity):
    assert comity("check", "nowhere.yaml")[0] == 2


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The value it"), ("zh-Hans", "它所维护的价值")]
)
def test_the_schema_speaks_both_languages(comity, language, words):
    code, out, _ = comity("schema", "--language", language)
    assert code == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")
    assert words in out


def test_the_schema_speaks_no_other(comity):
    assert comity("schema", "--language", "fr")[0] == 2


def test_the_examples_of_a_new_charter_pass(comity, tmp_path):
    path = tmp_path / "charter.yaml"
    comity("new", path)
    code, out, err = comity("test", path)
    assert (code, err) == (0, "12 passed, 0 failed, 0 untold\n")
    assert "no-personal-attacks" in out


def test_an_example_that_fails_is_shown_with_what_decided(comity, ours):
    path = ours(TOWN_SQUARE.replace("toxicity >= 0.80", "words > 10"))
    code, out, err = comity("test", path)
    assert (code, err) == (1, "0 passed, 2 failed, 0 untold\n")
    assert "line 13: words > 10 or (identity_attack" in " ".join(out.split())
    assert "words = 9" in out
    assert "words = 13" in out


def test_machines_are_told_how_the_examples_went(comity, ours):
    path = ours(TOWN_SQUARE.replace("toxicity >= 0.80 or", "words > 0 or"))
    code, out, _ = comity("test", path, "--json")
    violates, allows = json.loads(out)
    assert code == 1
    assert (violates["article"], violates["line"]) == ("no-personal-attacks", 13)
    assert (violates["expected"], violates["result"]) == ("violates", "passed")
    assert (allows["expected"], allows["result"]) == ("allows", "failed")
    assert allows["signals"]["words"] == 13


def test_a_charter_without_examples_has_nothing_to_fail(comity, ours):
    path = ours(TOWN_SQUARE.partition("    examples:")[0])
    assert comity("test", path) == (0, "", "there are no examples in this charter\n")


def test_the_reference_is_what_the_code_says():
    from comity.charter.reference import reference_page

    page = Path(__file__).parents[2] / "docs" / "reference" / "charter.md"
    assert page.read_text("utf-8") == reference_page()
