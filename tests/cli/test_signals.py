"""`comity signals`."""

import json
import sys

import pytest

from comity.cli import main
from comity.signals import CATALOGUE


@pytest.fixture
def comity(monkeypatch, capsys):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["comity", "signals", *words])
        monkeypatch.setenv("COLUMNS", "160")
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


def test_the_table_has_a_row_for_every_signal(comity):
    code, out, _ = comity()
    firsts = [line.split(" ")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert code == 0
    assert firsts == ["signal", *CATALOGUE]


def test_meanings_are_told_in_chinese_too(comity):
    _, out, _ = comity("--language", "zh-Hans")
    assert "帖子原文。" in out


def test_json_holds_everything(comity):
    _, out, _ = comity("--json")
    assert [signal["name"] for signal in json.loads(out)] == list(CATALOGUE)


def test_another_language_is_refused_with_those_there_are(comity):
    code, _, err = comity("--language", "fr")
    assert code == 2
    assert "'en', 'zh-Hans'" in err
