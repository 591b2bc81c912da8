"""A member is forgotten, and the ledger still verifies."""

import pytest

from tests.server.engine import contents
from tests.server.support import Server, event

WORDS = "A sentence by which one could be recognised."


@pytest.mark.postgres
def test_nothing_of_an_erased_member_is_left(tmp_path):
    server = Server(tmp_path / "data")
    reply = event("reply", "Well said.", author="u-other")
    reply["data"]["parent"] = {"id": "p-own", "text": WORDS, "author": "u-gone"}
    report = event("report", type="report.filed")
    report["data"]["report"] = {"by": "u-gone", "reason": WORDS}
    own = [event(f"own-{i}", WORDS.upper(), author="u-gone") for i in range(3)]
    decision = server.decide([*own, reply, report]).json[0]

    erased = server.run("erase", "--author", "u-gone")
    assert erased.returncode == 0, erased.stderr
    assert "3 events" in erased.stderr
    server.stop()
    content = contents(server.data)
    assert b"Well said." in content
    assert b"recognised" not in content.lower()
    assert b"u-gone" not in content
    assert b"own-0" not in content

    server.start()
    kept = server.ask("GET", f"/v1/decisions/{decision['id']}", key=server.key()).json
    assert (kept["remedy"], kept["signals"]) == (decision["remedy"], {})
    assert server.decide(reply).status == 200  # told again: it is recorded, whatever was erased
    assert server.run("ledger", "verify").returncode == 0
    assert server.run("erase", "--author", "u-gone").returncode == 1
    server.stop()
