"""The power goes while events come in: what was answered stands, once; nothing stands halfway."""

import json
import threading

import pytest

from tests.server.engine import rows
from tests.server.support import Server, event, run, serve


@pytest.mark.postgres
def test_nothing_that_was_acknowledged_is_lost_or_doubled(tmp_path):
    server = Server(tmp_path / "data")
    server.key()
    acknowledged: dict[str, str] = {}
    batches = [
        [event(f"{lane}-{i}-{j}") for j in range(100)] for lane in range(4) for i in range(25)
    ]
    killed = threading.Event()

    def send(lane: int) -> None:
        for batch in batches[lane * 25 : lane * 25 + 25]:
            try:
                decisions = server.decide(batch).json
            except (OSError, ValueError):
                return  # not answered, so not promised
            acknowledged.update((d["event"], d["id"]) for d in decisions)
            if len(acknowledged) > 3_000 and not killed.is_set():
                killed.set()
                server.kill()

    lanes = [threading.Thread(target=send, args=(lane,)) for lane in range(4)]
    for thread in lanes:
        thread.start()
    for thread in lanes:
        thread.join()
    assert 3_000 < len(acknowledged) < 10_000

    server.start()
    stored = dict(
        rows(
            server.data,
            "SELECT e.event_id, d.id FROM intake_storedevent e "
            "JOIN intake_storeddecision d ON d.event_id = e.id",
        )
    )
    [(events,)] = rows(server.data, "SELECT count(*) FROM intake_storedevent")
    [(entries,)] = rows(server.data, "SELECT count(*) FROM transparency_ledgerentry")
    assert events == len(stored)
    assert entries == events + 2  # the key and the charter
    assert acknowledged.items() <= stored.items()
    checked = server.run("ledger", "verify")
    assert checked.returncode == 0, checked.stderr

    # Whoever got no answer sends again, and gets one: the same where it was recorded.
    for batch in batches:
        for decision in server.decide(batch).json:
            assert stored.get(decision["event"], decision["id"]) == decision["id"]
    assert server.ask("GET", "/healthz").json["ledger"] == 10_002
    server.stop()


def test_two_servers_do_not_share_a_folder(server):
    second = serve(server.data)
    assert second.returncode == 1
    assert "another server is running" in second.stderr


def test_a_server_starts_again_with_the_charter_it_had(tmp_path):
    server = Server(tmp_path / "data")
    decision = server.decide(event("before", author="u")).json
    server.stop()
    server.options = ()
    server.start()
    assert server.decide(event("after", author="u")).json["signals"]["author_posts_1h"] == 2
    assert server.ask("GET", f"/v1/decisions/{decision['id']}", key=server.key()).json == decision
    server.stop()


def test_a_wrong_charter_is_explained_and_nothing_starts(tmp_path):
    file = tmp_path / "charter.yaml"
    file.write_text("charter: [")
    answer = serve(tmp_path / "data", "--charter", str(file))
    assert answer.returncode == 1
    assert "charter.yaml:1" in answer.stderr
    assert "Traceback" not in answer.stderr
    answer = serve(tmp_path / "data")
    assert answer.returncode == 1
    assert "there is no charter yet" in answer.stderr
    assert json.loads(run("keys", "list", "--json", "--data", str(tmp_path)).stdout or "[]") == []
