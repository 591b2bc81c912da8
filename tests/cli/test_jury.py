"""`comity jury`, as people run it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli.app import app
from comity.errors import InputError
from comity.juries import DrawError
from comity.ledger import Checkpoint, SigningKey

KEY = SigningKey.from_seed("town.example/ledger", bytes(32))
ROOT = bytes(range(32))
RECORD = {
    "case": "c17",
    "checkpoint": {"size": 9, "root": ROOT.hex()},
    "size": 3,
    "members": [f"m{n}" for n in range(20)],
    "groups": {f"m{n}": "A" for n in range(10)},
    "excluded": ["m0"],
}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(RECORD))
    return file


def run(*words: object):
    return CliRunner().invoke(app, ["jury", *map(str, words)])


def test_a_drawn_record_verifies_against_the_signed_checkpoint(record, tmp_path):
    record.write_text(run("draw", record).stdout)
    note = tmp_path / "checkpoint"
    note.write_text(Checkpoint(KEY.name, 9, ROOT).sign(KEY))
    done = run("verify", record, "--checkpoint", note, "--key", KEY.verifier)
    assert done.exit_code == 0
    assert json.loads(run("verify", record, "--json").stdout)["sound"] is True


def test_another_juror_is_found_out_by_name(record):
    drawn = json.loads(run("draw", record).stdout)
    friend = next(one for one in RECORD["members"] if one not in drawn["jurors"])
    gone = drawn["jurors"][0]
    record.write_text(json.dumps(drawn | {"jurors": [friend, *drawn["jurors"][1:]]}))
    done = run("verify", record)
    assert done.exit_code == 1
    assert f"not drawn, but on the jury: {friend}" in done.stdout
    assert f"drawn, but not on the jury: {gone}" in done.stdout


def test_a_root_that_nobody_signed_is_found_out(record, tmp_path):
    record.write_text(run("draw", record).stdout)
    note = tmp_path / "checkpoint"
    note.write_text(Checkpoint(KEY.name, 9, bytes(32)).sign(KEY))
    done = run("verify", record, "--checkpoint", note, "--key", KEY.verifier)
    assert done.exit_code == 1
    assert "seeded with another root" in done.stderr


def test_a_juror_who_did_not_serve_is_replaced_in_the_record(record):
    first = json.loads(run("draw", record).stdout)
    gone = first["jurors"][1]
    record.write_text(json.dumps(first | {"replaced": [gone], "jurors": []}))
    second = json.loads(run("draw", record).stdout)
    assert gone not in second["jurors"]
    assert len(set(second["jurors"]) - set(first["jurors"])) == 1
    record.write_text(json.dumps(second))
    assert run("verify", record).exit_code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 21}, "19 may serve, so no jury of 21 can be drawn"),
        ({"case": None}, "`case`"),
        ({"seed": "x"}, "there is no field `seed`"),
        ({"checkpoint": {"size": 9, "root": "ab"}}, "`checkpoint.root`"),
        ({"replaced": ["m0"]}, "`m0` is not on this jury"),
    ],
)
def test_a_record_of_no_draw_is_said_to_be_none(record, change, said):
    record.write_text(json.dumps(RECORD | change))
    done = run("draw", record)
    assert isinstance(done.exception, DrawError)
    assert said in str(done.exception)


def test_what_is_not_json_is_said_to_be_none(record):
    record.write_text("{")
    assert isinstance(run("draw", record).exception, InputError)
