"""Reading a file of events: what is taken, and what is said of a file that cannot be."""

import json
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.charter.backtest.columns import before, extra
from comity.charter.backtest.files import EventFile, EventFileError, Format
from comity.charter.backtest.table import load_table, read_table
from comity.charter.backtest.texts import shorten
from comity.errors import InputError
from comity.signals import CATALOGUE, Kind, Signal, Source

SIGNALS = {
    name: CATALOGUE[name]
    for name in ("insult", "links", "link_domains", "is_reply", "text", "language")
}
EXTRAS = ("id", "ruling", "team")


@pytest.fixture
def read(tmp_path):
    """Write a file, read it, give its rows as dictionaries of what is known."""

    def read_(name, content, signals=SIGNALS, extras=EXTRAS):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")
        return read_table(EventFile.open(path), signals, extras)

    return read_


def rows(table):
    found = table.connection.execute('SELECT * EXCLUDE ("table wrong", "table odd") FROM events')
    names = [column[0] for column in found.description]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in found.fetchall()
    ]


def complaint(read, name, content, **options):
    with pytest.raises(EventFileError) as caught:
        read(name, content, **options)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.file.endswith(name)
    return diagnostic


ROWS = [
    {
        "insult": 0.25,
        "links": 3,
        "link_domains": ["a.example", "b.example"],
        "is_reply": True,
        "text": 'Well, "yes"\nand 你好 ',
        "language": "zh-Hans",
        "column id": "e1",
        "column ruling": True,
        "column team": "red",
    },
    {"links": 0, "link_domains": [], "is_reply": False, "text": "", "column ruling": False},
    {"insult": 1.0, "column id": "e3"},
]


def test_reads_json_lines(read):
    table = read(
        "events.jsonl",
        json.dumps(
            {
                "insult": 0.25,
                "links": 3,
                "link_domains": ["a.example", "b.example"],
                "is_reply": True,
                "text": 'Well, "yes"\nand 你好 ',
                "language": "zh-Hans",
                "id": "e1",
                "ruling": "uphold",
                "team": "red",
                "unasked": {"deep": [1]},
            }
        )
        + '\n\n{"links":0,"link_domains":[],"is_reply":false,"text":"","ruling":false}\r\n'
        + '{"insult": 1, "id": "e3"}',
    )
    assert rows(table) == ROWS
    assert table.rows == 3
    assert table.known["insult"] == 2
    assert table.has(extra("team"))
    assert not table.has("nonsense")


CSV = (
    "unasked,insult,links,link_domains,is_reply,text,language,id,ruling,team\r\n"
    'x,.25,3,"[""a.example"", ""b.example""]",'
    'true,"Well, ""yes""\nand 你好 ",zh-Hans,e1,Uphold,red\r\n'
    '"",,0,[],FALSE,"",,,lift,\r\n'
    ",1,,,,,,e3,,\r\n"
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_reads_csv_as_spreadsheets_write_it(read, mark):
    assert rows(read("events.csv", mark + CSV)) == ROWS


def test_reads_csv_with_every_field_quoted(read):
    table = read("events.csv", '"insult","links"\n"0.5",""\n"","2"\n')
    assert rows(table) == [{"insult": 0.5}, {"links": 2}]


def test_reads_tsv(read):
    assert rows(read("events.tsv", "insult\tid\n0.5\te1\n")) == [{"insult": 0.5, "column id": "e1"}]


def test_reads_parquet(read, tmp_path):
    duckdb.sql(
        """SELECT 0.25::FLOAT AS insult, 3.0 AS links, ['a.example', 'b.example'] AS link_domains,
                  TRUE AS is_reply, 'Well, "yes"' || chr(10) || 'and 你好 ' AS text,
                  'zh-Hans' AS language, 'e1' AS id, TRUE AS ruling, 'red' AS team, {'a': 1} AS more
           UNION ALL SELECT NULL, 0, [], FALSE, '', NULL, NULL, FALSE, NULL, NULL
           UNION ALL SELECT 1, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, 'e3', NULL, NULL, NULL"""
    ).write_parquet(str(tmp_path / "made.parquet"))
    table = read("events.parquet", (tmp_path / "made.parquet").read_bytes())
    assert rows(table) == ROWS
    assert table.not_finite == 1


@pytest.mark.parametrize("name", ["a*.csv", "[a].csv", "what?.csv", "a'b.csv", '{a,b}".csv'])
def test_a_path_is_never_a_pattern(read, tmp_path, name):
    (tmp_path / "ab.csv").write_text("insult\n1\n")
    assert rows(read(name, "insult\n0.5\n")) == [{"insult": 0.5}]


def test_columns_that_differ_only_in_case_are_different(read):
    assert rows(read("events.csv", "Insult,insult\n1,0.5\n")) == [{"insult": 0.5}]


def test_nan_and_infinity_are_unknown_and_counted(read):
    table = read("events.csv", "insult,links\nNaN,inf\n-Infinity,1\n0.5,nan\n")
    assert rows(table) == [{}, {"links": 1}, {"insult": 0.5}]
    assert table.not_finite == 4


def test_makes_the_same_table_of_what_was_measured():
    file = EventFile(Path("events.jsonl"), Format.JSON_LINES, raw=True)
    measured = {
        "insult": np.ma.array([0.25, 0, 1], mask=[False, True, False]),
        "text": np.array(["one", None, ""], dtype=object),
        "link_domains": np.array(['["a.example"]', "[]", None], dtype=object),
        "id": np.array(["e1", "e2", "e3"], dtype=object),
        before("links"): np.ma.array([1, 2, 3]),
    }
    signals = {
        **{name: SIGNALS[name] for name in ("insult", "text", "link_domains", "links")},
        before("links"): Signal(before("links"), Kind.INTEGER, Source.COUNTER, {}),
    }
    assert rows(load_table(file, measured, [1, 2, 3], signals, ("id", "team"))) == [
        {
            "insult": 0.25,
            "text": "one",
            "link_domains": ["a.example"],
            "column id": "e1",
            "before links": 1,
        },
        {"link_domains": [], "column id": "e2", "before links": 2},
        {"insult": 1.0, "text": "", "column id": "e3", "before links": 3},
    ]


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("id,insult\ne1,0.5\n\n,abc\n", "`insult` is 'abc', but has to be a number from 0 to 1", 4),
        ("insult\n0.5\n83\n", "`insult` is '83', but has to be a number from 0 to 1", 3),
        ("insult\n-0.01\n", "`insult` is '-0.01', but has to be a number from 0 to 1", 2),
        ("links\n2\n3.5\n", "`links` is '3.5', but has to be a whole number of at least 0", 3),
        ("links\n99999999999999999999\n", "`links` is '99999999999999999999'", 2),
        ("is_reply\nperhaps\n", "`is_reply` is 'perhaps', but has to be true or false", 2),
        (
            "link_domains\na.example\n",
            "`link_domains` is 'a.example', but has to be a JSON list",
            2,
        ),
        ('text,ruling\n"a\nb",lift\nx,maybe\n', "`ruling` is 'maybe', but has to be “uphold”", 4),
    ],
)
def test_names_the_first_value_that_cannot_be(read, content, message, line):
    diagnostic = complaint(read, "events.csv", content)
    assert diagnostic.message.startswith(message)
    assert diagnostic.line == line
    assert "leave it empty" in diagnostic.hint


def test_names_the_line_in_json_lines_and_the_row_in_parquet(read, tmp_path):
    assert complaint(read, "a.jsonl", '{"insult": 0.5}\n\n{"insult": "high"}\n').line == 3
    duckdb.sql("SELECT 'x' AS insult").write_parquet(str(tmp_path / "b"))
    diagnostic = complaint(read, "b.parquet", (tmp_path / "b").read_bytes())
    assert (diagnostic.line, diagnostic.message[:16]) == (1, "`insult` is 'x',")


@pytest.mark.parametrize(
    ("name", "content", "message", "line"),
    [
        ("e.xlsx", b"x", "the ending does not say what is in this file", 0),
        ("e.csv", b"", "the file is empty", 0),
        ("e.jsonl", b"\n \n", "the file has no events", 0),
        ("e.csv", b"insult,id\n", "the file has no events", 0),
        ("e.csv", b"PAR1....PAR1", "its name says CSV, but this is Parquet", 0),
        ("e.parquet", b"insult\n1\n", "its name says Parquet, but this is no Parquet", 0),
        ("e.parquet", b"PAR1" + b"\0" * 40, "this is not Parquet that can be read", 0),
        ("e.csv", "insult\n你".encode("gb18030"), "this text is not in UTF-8", 2),
        ("e.csv", "insult\n".encode("utf-16"), "this text is in UTF-16", 0),
        ("e.jsonl", '{"text": "你'.encode()[:-1], "the text breaks off inside a character", 1),
        ("e.jsonl", b'[{"insult": 1}]', "this is one JSON list, not JSON lines", 1),
        ("e.jsonl", b"\ninsult\n0.5", "this is not JSON", 2),
        ("e.jsonl", b"17", "this is no JSON object", 1),
        ("e.jsonl", b"[" * 100_000, "this is one JSON list, not JSON lines", 1),
        ("e.jsonl", b'{"a":' * 100_000, "this is not JSON", 1),
        (
            "e.jsonl",
            b'{"insult": 0.5}\n{"insult"',
            "this is not JSON: Expecting ':' delimiter at column 10",
            2,
        ),
        ("e.jsonl", b'{"insult": 0.5}\n\n[1]', "this is no JSON object", 3),
        ("e.jsonl", b'{"insult": 0.5}\n{"id": 1, "id": 2}', "`id` stands twice in this object", 2),
        ("e.jsonl", b'{"id": "\\ud800"}', "this is not JSON lines that can be read: Malformed", 0),
        ("e.csv", b"insult,id,insult\n1,2,3\n", "column `insult` stands twice in the header", 1),
        ("e.csv", b"id;insult\n1;2\n", "the header has one column only, with ';' inside", 1),
        ("e.csv", b'"id,insult\n1,2\n', "the header is not CSV", 1),
        ("e.csv", b'id,insult\n"1\n",2\n3\n', "this row has 1 fields, and the header has 2", 4),
        ("e.csv", b"id,insult\n1,2,3\n", "this row has 3 fields, and the header has 2", 2),
        ("e.csv", b'id,insult\n1,2\n"1,2\n', "a field that begins on this line cannot be read", 3),
        ("e.csv", b"\n,,\n1,2,3", "the file has no header", 1),
        ("e.csv", b"," * 3_000 + b"a\n", "the header has more than 2,000 columns", 1),
        ("e.jsonl", b'{"text": "' + b"x" * 2_000_000, "this line has more than 2,000,000", 1),
    ],
)
def test_says_what_is_wrong_with_a_file(read, name, content, message, line):
    diagnostic = complaint(read, name, content)
    assert diagnostic.message.startswith(message)
    assert diagnostic.line == line
    assert "\n" not in diagnostic.message


def test_says_that_a_file_cannot_be_opened(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(EventFileError):
            EventFile.open(path)


hostile = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: ("insult,id\n" + text).encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(["0.5", ",", '"', "\n", "\r\n", "insult", "1e999", "-", "\0", "]", "["]),
        max_size=20,
    )
    .map(lambda parts: "insult,links\n" + "".join(parts))
    .map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["insult", "links", "text", "link_domains"]), inner)
        ),
        max_leaves=6,
    ).map(lambda value: json.dumps(value).encode()),
)


@settings(max_examples=120, deadline=None)
@given(hostile, st.sampled_from(["csv", "tsv", "jsonl", "parquet"]))
@example(b"PAR1\x00PAR1", "parquet")
@example(b"\xef\xbb\xbf", "csv")
def test_whatever_the_bytes_it_reads_them_or_says_why_not(tmp_path_factory, content, ending):
    path = tmp_path_factory.getbasetemp() / f"hostile.{ending}"
    path.write_bytes(content)
    try:
        rows_read, said = read_table(EventFile.open(path), SIGNALS, EXTRAS).rows, ""
    except InputError as error:
        rows_read, said = 0, str(error)
    assert rows_read > 0 or str(path) in said


@given(st.text(max_size=300), st.integers(2, 50))
def test_a_shortened_text_is_one_line_without_controls(text, length):
    line = shorten(text, length)
    assert len(line) <= length
    assert not any(char in line for char in "\n\r\t\x1b\x00\u202e\u2028")
