"""`comity ledger`, over a folder and over a server's own database."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from comity.cli import main
from comity.ledger import EntryKind, LedgerDatabase, LedgerFolder, SigningKey, export, verify
from tests.ledger.records import KEY, ORIGIN, Ledger, entry, ledger

VKEY = str(KEY.verifier)


@pytest.fixture
def comity(monkeypatch, capsys):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["comity", "ledger", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.fixture
def folder(tmp_path):
    record = ledger(600, sign_at=[100, 300])
    export(record, tmp_path / "ledger")
    return tmp_path / "ledger"


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory):
    """A data folder as the server itself makes it."""
    data = tmp_path_factory.mktemp("data")
    # In a process of its own, because Django is set up once in each.
    subprocess.run([sys.executable, "-c", MIGRATE, data], check=True, timeout=60)
    return data


MIGRATE = """
import sys
from pathlib import Path
from comity.server import setup
setup.use(setup.DataFolder(Path(sys.argv[1])))
setup.migrate()
"""


@pytest.fixture
def data(empty_data, tmp_path):
    source = sqlite3.connect(empty_data / "comity.sqlite3")
    database = sqlite3.connect(tmp_path / "comity.sqlite3")
    with closing(source), closing(database):
        source.backup(database)
        store(database, ledger(600, sign_at=[100, 300]))
        database.commit()
    return tmp_path


def store(database, record):
    full = [(0, n, record.tile(0, n, 256)) for n in range(record.size // 256)]
    upper = [(1, 0, record.tile(1, 0, record.size // 256))]
    rows = {
        "transparency_ledgerentry": [
            {"index": n, "body": body, "leaf_hash": record.leaves[n]}
            for n, body in enumerate(record.bodies)
        ],
        "transparency_ledgertile": [
            {"level": level, "index": n, "data": hashes} for level, n, hashes in full + upper
        ],
        "transparency_checkpoint": [
            {"size": int(note.split("\n")[1]), "note": note} for note in record.notes
        ],
    }
    for table, lines in rows.items():
        names = [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
        places = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" for _ in names)
        database.execute(f"DELETE FROM {table}")
        database.executemany(
            f"INSERT INTO {table} ({places}) VALUES ({marks})",
            [[line.get(name, "") for name in names] for line in lines],
        )


def tampered(data, query, *values):
    with closing(sqlite3.connect(data / "comity.sqlite3")) as database:
        assert database.execute(query, values).rowcount > 0
        database.commit()


def test_a_sound_folder(comity, folder):
    code, out, err = comity("verify", folder, "--key", VKEY)
    assert (code, out) == (0, "")
    assert "Sound: 600 entries are as they were signed. 3 checkpoints checked." in err


def test_a_sound_database(comity, data):
    code, out, _ = comity("verify", "--data", data, "--key", VKEY, "--json")
    assert code == 0
    assert json.loads(out) == {
        "sound": True,
        "size": 600,
        "signed": 600,
        "proven": 600,
        "checkpoints": 3,
        "faults": [],
        "complete": True,
    }


ENTRY = 'UPDATE transparency_ledgerentry SET body = ? WHERE "index" = ?'


@pytest.mark.parametrize("index", [10, 300, 599])
def test_a_changed_row_is_named(comity, data, index):
    tampered(data, ENTRY, entry(index, remedy="allow"), index)
    code, out, err = comity("verify", "--data", data, "--key", VKEY)
    assert code == 1
    assert out.startswith(f"entry {index} was changed: its hash is ")
    assert len(out.splitlines()) == 1
    assert "NOT SOUND: 1 fault among 600 entries" in err


def test_dropped_rows_are_named(comity, data):
    tampered(data, 'DELETE FROM transparency_ledgerentry WHERE "index" BETWEEN 17 AND 19')
    assert comity("verify", "--data", data, "--key", VKEY)[:2] == (
        1,
        "entries 17–19 are missing\n",
    )


@pytest.mark.parametrize("scribble", [None, "text", 7, b"", "\ud7ff" * 9])
def test_whatever_stands_in_a_row_it_is_named(comity, data, scribble):
    body = "" if scribble is None else scribble
    tampered(data, ENTRY, body, 44)
    _, out, _ = comity("verify", "--data", data, "--key", VKEY)
    assert out.startswith("entry 44 was changed")
    tampered(data, "UPDATE transparency_ledgertile SET data = ? WHERE level = 0", body)
    tampered(data, "UPDATE transparency_checkpoint SET note = ? WHERE size = 300", body)
    code, out, _ = comity("verify", "--data", data, "--key", VKEY)
    assert code == 1
    assert "entry 44 was changed" in out
    assert "is worth nothing" in out


def test_a_server_at_work_does_not_disturb(data):
    with closing(LedgerDatabase(data / "comity.sqlite3")) as database:
        stream = database.entries()
        next(stream)
        tampered(data, 'DELETE FROM transparency_ledgerentry WHERE "index" > 400')
        tampered(data, "DELETE FROM transparency_checkpoint")
        assert verify(database, [KEY.verifier]).sound
        assert sum(1 for _ in stream) == 599


def test_what_is_no_database_is_told(comity, tmp_path):
    assert comity("verify", "--data", tmp_path)[0] == 1
    (tmp_path / "comity.sqlite3").write_bytes(b"SQLite format 3\0 but no more" * 99)
    code, _, err = comity("verify", "--data", tmp_path)
    assert code == 1
    assert "cannot be read as a ledger" in err


def test_without_a_key_the_announced_one_is_used_and_said(comity, tmp_path):
    record = Ledger([entry(0, kind=EntryKind.CHECKPOINT_KEY, key=VKEY, commitments={}), entry(1)])
    record.sign()
    export(record, tmp_path)
    code, _, err = comity("verify", tmp_path)
    assert code == 0
    assert VKEY in err
    assert "Compare it" in err


def test_without_any_key_nothing_is_claimed(comity, folder):
    code, _, err = comity("verify", folder)
    assert code == 1
    assert "--key" in err


def test_a_kept_checkpoint_shows_a_rollback(comity, folder, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text(ledger(700).notes[-1])
    code, out, _ = comity("verify", folder, "--key", VKEY, "--checkpoint", kept)
    assert code == 1
    assert "the ledger was rolled back: it ends with the checkpoint of 600" in out


def test_changed_files_are_named(comity, folder):
    bundle = folder / "tile" / "entries" / "001"
    bundle.write_bytes(bundle.read_bytes().replace(b'"hold"', b'"mute"', 1))
    code, out, _ = comity("verify", folder, "--key", VKEY)
    assert code == 1
    assert out.startswith("entry 256 was changed")
    bundle.unlink()
    assert comity("verify", folder, "--key", VKEY)[1] == "entries 256–511 are missing\n"


def test_a_cut_off_bundle_is_named(comity, folder):
    bundle = folder / "tile" / "entries" / "002.p" / "88"
    bundle.write_bytes(bundle.read_bytes()[:-10])
    code, out, _ = comity("verify", folder, "--key", VKEY)
    assert (code, out) == (1, "the ledger was cut off: entry 599 is missing\n")


def test_an_entry_slipped_into_a_bundle_is_named(comity, folder):
    bundle = folder / "tile" / "entries" / "000"
    slipped = entry(0, remedy="allow")
    bundle.write_bytes(len(slipped).to_bytes(2) + slipped + bundle.read_bytes())
    assert comity("verify", folder, "--key", VKEY)[:2] == (
        1,
        "an entry was inserted before entry 0\n",
    )


def test_a_missing_tile_is_named(comity, folder):
    (folder / "tile" / "0" / "000").unlink()
    code, out, _ = comity("verify", folder, "--key", VKEY)
    assert code == 1
    assert out.startswith("the stored hashes tile/0/000 were changed or are missing")


@pytest.mark.parametrize("source", ["folder", "data"])
def test_a_proof_is_checked_offline(comity, request, tmp_path, source):
    where = request.getfixturevalue(source)
    place = [where] if source == "folder" else ["--data", where]
    code, out, _ = comity("prove", 123, *place)
    assert code == 0
    proof = tmp_path / "entry.tlog-proof"
    proof.write_text(out)
    code, out, err = comity("verify", "--proof", proof, "--key", VKEY)
    assert (code, out) == (0, entry(123).decode() + "\n")
    assert f"This is entry 123 of {ORIGIN}, which had 600 when it signed." in err

    other = tmp_path / "other"
    other.write_bytes(entry(124))
    code, _, err = comity("verify", "--proof", proof, "--entry", other, "--key", VKEY)
    assert code == 1
    assert "this is not entry 123" in err
    stranger = SigningKey.from_seed(ORIGIN, b"s" * 32).verifier
    code, _, err = comity("verify", "--proof", proof, "--key", stranger)
    assert code == 1
    assert "no key that we trust" in err


def test_a_proof_as_json(comity, folder):
    code, out, _ = comity("prove", 5, folder, "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["index"], document["entry"]) == (5, entry(5).decode())
    assert document["proof"].startswith("c2sp.org/tlog-proof@v1\n")


def test_there_is_no_proof_of_what_is_not_there(comity, folder):
    code, _, err = comity("prove", 600, folder)
    assert code == 1
    assert "there is no entry 600" in err


def test_a_database_is_exported_and_verifies(comity, data, tmp_path):
    out = tmp_path / "mirror"
    assert comity("export", out, "--data", data)[0] == 0
    assert sorted(file.name for file in (out / "checkpoints").iterdir()) == ["100", "300", "600"]
    assert (out / "tile" / "1" / "000.p" / "2").stat().st_size == 64
    assert comity("verify", out, "--key", VKEY)[0] == 0
    assert list(LedgerFolder(out).entries()) == [entry(index) for index in range(600)]
    code, described, _ = comity("export", out, "--data", data, "--json")
    assert code == 0
    assert json.loads(described)["size"] == 600


@pytest.mark.parametrize(
    "words",
    [["verify"], ["verify", "a", "--data", "b"], ["prove", "1"], ["prove", "-1", "a"], ["export"]],
)
def test_wrong_usage_is_told(comity, words):
    assert comity(*words)[0] == 2


def test_a_folder_without_a_ledger_is_told(comity, tmp_path):
    code, _, err = comity("verify", tmp_path)
    assert code == 1
    assert "there is no ledger here" in err
