"""`comity charter backtest` and `comity charter diff`."""

import json
import sys

import duckdb
import pytest

from comity.cli import main

CHARTER = """
charter: Town Square
community: town-square
languages: [{languages}]
values:
  respect: {{en: We argue with ideas., zh-Hans: 对事不对人。}}
articles:
  - id: no-insults
    value: respect
    title: {{en: No insults, zh-Hans: 不得辱骂}}
    text: {{en: Criticise what was said., zh-Hans: 批评观点。}}
    when: insult >= {insult}
    then: hold
  - id: few-links
    value: respect
    title: {{en: Few links, zh-Hans: 少发链接}}
    text: {{en: Two are enough., zh-Hans: 两个足够。}}
    when: links > 2
    then: remove
"""
ROWS = [
    {"id": "e1", "text": "[red]one[/red]", "insult": 0.7, "language": "en", "ruling": "uphold"},
    {"id": "e2", "text": "two \x1b[31m", "insult": 0.9, "links": 3, "language": "zh"},
    {"id": "e3", "text": "three", "insult": 0.1, "links": 0, "language": "en", "team": "blue"},
]


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


def charter(path, insult=0.6, languages="en, zh-Hans"):
    path.write_text(CHARTER.format(insult=insult, languages=languages), encoding="utf-8")
    return path


@pytest.fixture
def new(tmp_path):
    return charter(tmp_path / "new.yaml")


@pytest.fixture
def old(tmp_path):
    return charter(tmp_path / "old.yaml", insult=0.8)


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_prints_tables(comity, new, old, events):
    code, out, err = comity("backtest", new, "--events", events, "--against", old)
    assert (code, err) == (0, "")
    for text in ("No insults", "Few links", "Newly caught", "e1: [red]one[/red]", "en", "zh"):
        assert text in out
    assert "\x1b" not in out


def test_prints_json(comity, new, old, events):
    code, out, _ = comity("backtest", new, "--events", events, "--against", old, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["remedies"] == {
        **dict.fromkeys(("allow", "hold", "remove"), 1),
        **dict.fromkeys(("nudge", "label", "limit"), 0),
    }
    assert found["changes"]["caught"]["examples"][0]["id"] == "e1"
    assert found["by"][0]["column"] == "language"


def test_writes_a_page_in_the_language_of_the_charter(comity, tmp_path, events):
    page = tmp_path / "report.html"
    chinese = charter(tmp_path / "zh.yaml", languages="zh-Hans, en")
    code, _, err = comity("backtest", chinese, "--events", events, "--html", page)
    assert code == 0
    assert "report.html" in err
    assert '<html lang="zh-Hans">' in page.read_text(encoding="utf-8")
    comity("backtest", chinese, "--events", events, "--html", page, "--language", "en")
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_groups_by_the_columns_asked_for(comity, new, events):
    _, out, _ = comity(
        "backtest", new, "--events", events, "--by", "team", "--by", "ruling", "--json"
    )
    assert [by["column"] for by in json.loads(out)["by"]] == ["team", "ruling"]


def test_reads_csv_and_parquet_alike(comity, new, events, tmp_path):
    expected = comity("backtest", new, "--events", events, "--json")[1]
    for ending in ("csv", "parquet"):
        path = tmp_path / f"events.{ending}"
        duckdb.sql(f"COPY (FROM read_json('{events}')) TO '{path}'")
        code, out, _ = comity("backtest", new, "--events", path, "--json")
        assert code == 0
        assert out.replace(path.name, events.name) == expected


def test_measures_raw_events_with_the_shipped_scorer(comity, new, tmp_path):
    path = tmp_path / "raw.jsonl"
    event = {
        "source": "forum.example",
        "type": "post.created",
        "time": "2026-11-23T10:00:00Z",
        "community": "town-square",
    }
    texts = ["See a.example b.example c.example https://d.example/x", "Thanks, that helped."]
    texts[0] = " ".join(f"https://{name}.example/" for name in "abc")
    with path.open("w") as file:
        for number, text in enumerate(texts):
            data = {"post": {"id": f"p{number}", "text": text}, "author": {"id": "u1"}}
            file.write(json.dumps({**event, "id": f"e{number}", "data": data}) + "\n")
    code, out, _ = comity("backtest", new, "--events", path, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["unknown_signals"] == []
    [links] = [one for one in found["articles"] if one["id"] == "few-links"]
    assert [example["id"] for example in links["examples"]] == ["e0"]


def test_warns_once_of_signals_that_are_not_there(comity, new, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("links\n3\n1\n")
    code, _, err = comity("backtest", new, "--events", path)
    assert code == 0
    assert err.count("`insult` is not in the file: articles that need it abstain.") == 1


@pytest.mark.parametrize(
    ("options", "content", "message"),
    [
        (("--by", "colour"), '{"links": 1}', "`colour`"),
        ((), '{"links": 1}\n{"links": "many"}', ":2: error: `links` is 'many'"),
        ((), "not JSON", ":1: error: this is not JSON"),
        ((), "", "the file is empty"),
    ],
)
def test_bad_input_ends_with_words_and_without_a_report(
    comity, new, tmp_path, options, content, message
):
    path, page = tmp_path / "events.jsonl", tmp_path / "report.html"
    path.write_text(content)
    code, out, err = comity("backtest", new, "--events", path, "--html", page, *options)
    assert (code, out) == (1, "")
    assert message in err
    assert "Traceback" not in err
    assert not page.exists()


def test_a_report_that_cannot_be_written_is_said(comity, new, events, tmp_path):
    (tmp_path / "folder").mkdir()
    for page in (tmp_path / "none" / "report.html", tmp_path / "folder"):
        code, out, err = comity("backtest", new, "--events", events, "--html", page)
        assert (code, out) == (1, "")
        assert "cannot be written" in err
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_charter_with_mistakes_ends_with_them(comity, new, events):
    new.write_text(new.read_text(encoding="utf-8").replace("insult >=", "insultt >="))
    for words in (("backtest", new, "--events", events), ("diff", new, new)):
        code, _, err = comity(*words)
        assert code == 1
        assert "did you mean `insult`?" in err


def test_usage_mistakes_end_with_2(comity, new):
    assert comity("backtest", new)[0] == 2
    assert comity("backtest", new, "--events", "none.csv")[0] == 2


def test_diff_tells_the_fields(comity, old, new):
    code, out, _ = comity("diff", old, new)
    assert code == 0
    assert out == (
        "~ articles no-insults\n    when\n      - insult >= 0.8\n      + insult >= 0.6\n\n"
    )


def test_diff_in_json(comity, old, new):
    found = json.loads(comity("diff", old, new, "--json")[1])
    assert found["changes"][0]["fields"] == [
        {"field": "when", "before": "insult >= 0.8", "after": "insult >= 0.6"}
    ]


def test_diff_of_the_same_says_so(comity, new):
    code, out, err = comity("diff", new, new)
    assert (code, out) == (0, "")
    assert "the same" in err
