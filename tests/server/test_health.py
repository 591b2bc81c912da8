"""The server says what keeps it from recording, and goes on when that has passed."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import engine
from tests.server.support import Server, event, until


def test_a_server_that_is_well_says_what_it_serves(server: Server) -> None:
    answer = server.ask("GET", "/healthz")
    assert answer.status == 200
    assert answer.json["status"] == "ok"
    assert answer.json["community"] == "town-square"


def test_a_full_disk_is_named_and_when_there_is_room_again_all_goes_on(tmp_path: Path) -> None:
    if engine.chosen == "postgres":
        pytest.skip("what is limited here are the server's own files")
    server = Server(tmp_path / "data")
    server.decide(event("before"))
    written = max(file.stat().st_size for file in server.data.iterdir())
    limit_files(server, written)

    refused = server.decide([event(f"full-{i}", "So many words. " * 500) for i in range(200)])
    assert refused.status == 503
    assert "events cannot be recorded: " in refused.error["message"]
    assert "disk" in refused.error["message"]
    unwell = server.ask("GET", "/healthz")
    assert unwell.status == 503
    assert unwell.json["status"] == refused.error["message"]

    limit_files(server, resource.RLIM_INFINITY)
    assert server.decide(event("after")).status == 200
    until(lambda: server.ask("GET", "/healthz").status == 200)
    assert server.run("ledger", "verify").returncode == 0
    server.stop()


def limit_files(server: Server, size: int) -> None:
    """Let the server write no file beyond this size: what a full disk does to a database."""
    for process in descendants(server.process.pid):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def descendants(process: int) -> Iterator[int]:
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        yield int(child)
        yield from descendants(int(child))
