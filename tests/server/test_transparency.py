"""What anyone may read, and check without trusting the server."""

import base64
import json

import pytest

from comity.ledger import (
    Checkpoint,
    Entry,
    EntryKind,
    InclusionProof,
    VerifierKey,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from comity.server.database import open_ledger
from comity.server.folder import DataFolder
from tests.server.support import event


def test_the_charter_is_open_to_all_in_each_of_its_languages(server):
    charter = server.ask("GET", "/v1/charter").json
    assert charter["title"] == "Town Square"
    assert charter["articles"][0]["title"]["zh-Hans"] == "不要大喊大叫"
    chinese = server.ask("GET", "/v1/charter?language=zh-Hans").json
    assert chinese["articles"][0]["title"] == {"zh-Hans": "不要大喊大叫"}
    assert server.ask("GET", "/v1/charter?language=fr").error["where"] == "language"


def test_a_charter_that_did_not_change_is_not_sent_again(server):
    tag = server.ask("GET", "/v1/charter").headers["ETag"]
    answer = server.ask("GET", "/v1/charter", headers={"If-None-Match": tag})
    assert (answer.status, answer.body) == (304, b"")
    other = server.ask("GET", "/v1/charter?language=en", headers={"If-None-Match": tag})
    assert other.status == 200


def test_the_signals_and_the_model_are_open_to_all(server):
    names = {signal["name"] for signal in server.ask("GET", "/v1/signals").json}
    assert {"insult", "language", "author_posts_1h"} <= names
    model = server.ask("GET", "/v1/model").json
    assert model["sha256"]
    assert model["card"]


@pytest.fixture(scope="module")
def verifier(server):
    return VerifierKey.parse(server.ask("GET", "/v1/ledger/key").body.decode())


def test_the_ledger_begins_with_its_key_and_the_charter(server, verifier):
    entries = server.ask("GET", "/v1/ledger/entries?start=0&end=2").json["entries"]
    key, charter = (Entry.decode(entry["body"].encode()) for entry in entries)
    assert (key.kind, key.key) == (EntryKind.CHECKPOINT_KEY, str(verifier))
    assert charter.kind is EntryKind.CHARTER
    assert charter.charter == server.ask("GET", "/v1/charter").json["sha256"]


def test_a_decision_is_proved_to_be_in_the_signed_ledger(server, verifier):
    server.decide([event(f"proof-{i}") for i in range(300)])
    note = server.ask("GET", "/v1/ledger/checkpoint").body
    checkpoint = Checkpoint.open(note, [verifier])
    index = checkpoint.size - 7
    answer = server.ask("GET", f"/v1/ledger/proof/inclusion?index={index}").json
    [entry] = server.ask("GET", f"/v1/ledger/entries?start={index}&end={index + 1}").json["entries"]
    body = entry["body"].encode()
    hashes = [base64.b64decode(digest) for digest in answer["hashes"]]
    verify_inclusion(leaf_hash(body), index, checkpoint.size, hashes, checkpoint.root)
    assert InclusionProof.parse(answer["proof"]).verify(body, [verifier]).size == answer["size"]
    assert Entry.decode(body).remedy == "allow"


def test_the_ledger_is_proved_to_have_grown_only(server, verifier):
    before = Checkpoint.open(server.ask("GET", "/v1/ledger/checkpoint").body, [verifier])
    server.decide([event(f"grow-{i}") for i in range(5)])
    after = Checkpoint.open(server.ask("GET", "/v1/ledger/checkpoint").body, [verifier])
    assert after.size == before.size + 5
    answer = server.ask("GET", f"/v1/ledger/proof/consistency?old={before.size}").json
    hashes = [base64.b64decode(digest) for digest in answer["hashes"]]
    verify_consistency(before.size, after.size, hashes, before.root, after.root)


def test_tiles_lie_where_the_specification_has_them(server):
    server.decide([event(f"tile-{i}") for i in range(300)])
    tile = server.ask("GET", "/v1/ledger/tile/0/000")
    assert len(tile.body) == 256 * 32
    assert "immutable" in tile.headers["Cache-Control"]
    entries = server.ask("GET", "/v1/ledger/entries?start=0&end=1").json["entries"]
    assert tile.body[:32] == leaf_hash(entries[0]["body"].encode())
    assert server.ask("GET", "/v1/ledger/tile/0/001.p/3").body
    bundle = server.ask("GET", "/v1/ledger/tile/entries/000").body
    size = int.from_bytes(bundle[:2])
    assert bundle[2 : 2 + size].decode() == entries[0]["body"]
    for path in ("0/999", "9/000", "0/1", "0/000.p/256", "entries/x001", "0/-01"):
        assert server.ask("GET", f"/v1/ledger/tile/{path}").status == 404


def test_the_command_line_verifies_the_servers_ledger(server):
    server.decide([event(f"verify-{i}") for i in range(10)])
    checked = server.run("ledger", "verify")
    assert checked.returncode == 0, checked.stderr


def test_heads_of_the_past_are_kept_one_for_each_256_entries(server):
    for batch in range(6):
        server.decide([event(f"past-{batch}-{i}") for i in range(100)])
    newest = Checkpoint.read(server.ask("GET", "/v1/ledger/checkpoint").body).size
    database = open_ledger(DataFolder(server.data))
    kept = [Checkpoint.read(note).size for note in database.checkpoints()]
    database.close()
    assert kept[-1] == newest
    assert len({size // 256 for size in kept}) == len(kept) >= 3
    report = json.loads(server.run("ledger", "verify", "--json").stdout)
    assert (report["sound"], report["checkpoints"]) == (True, len(kept))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("proof/inclusion?index=9999999", 404),
        ("proof/inclusion?index=0&size=9999999", 422),
        ("proof/inclusion?index=0&size=0", 404),
        ("proof/inclusion", 422),
        ("proof/consistency?old=9&new=3", 422),
    ],
)
def test_what_cannot_be_proved_is_refused(server, path, status):
    answer = server.ask("GET", f"/v1/ledger/{path}")
    assert answer.status == status
    assert answer.error["where"]


def test_metrics_count_without_naming_anybody(server):
    server.decide(event("metric", author="someone-special"))
    metrics = server.ask("GET", "/metrics").body.decode()
    assert 'comity_decisions_total{remedy="allow"}' in metrics
    assert "someone-special" not in metrics


def test_the_documentation_takes_nothing_from_another_host(server):
    page = server.ask("GET", "/v1/docs")
    assert page.status == 200
    assert b"https://" not in page.body
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert server.ask("GET", "/static/ninja/swagger-ui-bundle.js").status == 200
    assert "Event" in server.ask("GET", "/v1/openapi.json").json["components"]["schemas"]
