"""The tables in PostgreSQL: how one gets there, and what only PostgreSQL can do to a server."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.engine import Postgres, fresh_database, rows
from tests.server.support import CHARTER, Server, event, run, serve, until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = on_postgres(tmp_path_factory.mktemp("postgres"), fresh_database())
    yield started
    started.stop()


def test_the_folder_remembers_where_its_tables_are(server: Server, tmp_path: Path) -> None:
    kept = server.data / "database.url"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not (server.data / "comity.sqlite3").exists()
    assert server.decide(event("remembered")).status == 200
    assert server.run("ledger", "verify").returncode == 0
    exported = server.run("ledger", "export", str(tmp_path / "public"))
    assert exported.returncode == 0, exported.stderr
    assert run("ledger", "verify", str(tmp_path / "public")).returncode == 0


def test_two_servers_do_not_share_a_database(server: Server, tmp_path: Path) -> None:
    url = (server.data / "database.url").read_text().strip()
    answer = serve(tmp_path / "data", "--demo", "--database", url)
    assert answer.returncode == 1
    assert "another server is running on this database" in answer.stderr


def test_what_is_no_database_is_explained_and_its_password_not_repeated(tmp_path: Path) -> None:
    for url, told in (
        ("mysql://u:hunter2@db.example/comity", "this is no address of a PostgreSQL database"),
        ("postgresql://u:hunter2@db.example/", "this is no address of a PostgreSQL database"),
        ("postgresql:///comity?nonsense=hunter2", "this is no address of a PostgreSQL database"),
        ("postgresql://u:hunter2@127.0.0.1:1/comity", "the database cannot be used"),
    ):
        answer = serve(tmp_path / "data", "--demo", "--database", url)
        assert answer.returncode == 1
        assert told in answer.stderr
        assert "hunter2" not in answer.stderr + answer.stdout
        assert "Traceback" not in answer.stderr


def test_tables_in_sqlite_are_not_left_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "comity.sqlite3").touch()
    url = "postgresql:///comity"
    answer = serve(data, "--demo", "--database", url)
    assert answer.returncode == 1
    assert "they do not move by themselves" in answer.stderr
    assert not (data / "database.url").exists()


def test_the_ledger_grows_by_one_after_the_other_whoever_writes(server: Server) -> None:
    """Events by many threads, and erasures from other processes, at the same time."""
    erased = [event(f"gone-{i}", author=f"u-gone-{i}") for i in range(3)]
    server.decide(erased)
    before = server.ask("GET", "/healthz").json["ledger"]

    def send(lane: int) -> None:
        for i in range(40):
            assert server.decide(event(f"race-{lane}-{i}")).status == 200

    lanes = [threading.Thread(target=send, args=(lane,)) for lane in range(4)]
    lanes += [
        threading.Thread(target=server.run, args=("erase", "--author", f"u-gone-{i}"))
        for i in range(3)
    ]
    for thread in lanes:
        thread.start()
    for thread in lanes:
        thread.join()
    after = server.ask("GET", "/healthz").json["ledger"]
    assert after - before == 4 * 40 + 3
    assert server.run("ledger", "verify").returncode == 0


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Server, Postgres]]:
    """A server with a database of its own, which may be stopped."""
    database = Postgres()
    started = on_postgres(tmp_path, database.url)
    yield started, database
    started.stop()


def test_a_database_that_goes_away_and_comes_back_is_met_again(
    alone: tuple[Server, Postgres],
) -> None:
    server, database = alone
    server.key()
    database.stop()
    refused = server.decide(event("while-it-is-gone"))
    assert refused.status == 503
    assert refused.headers["Retry-After"]
    until(lambda: server.ask("GET", "/healthz").status == 503)
    assert "the database does not answer" in server.ask("GET", "/healthz").json["status"]

    database.start()
    until(lambda: server.decide(event("after")).status == 200)
    until(lambda: server.ask("GET", "/healthz").status == 200)
    counted = rows(server.data, "SELECT id FROM intake_storedevent WHERE author = 'uafter'")
    assert len(counted) == 1
    assert server.run("ledger", "verify").returncode == 0


def test_the_one_character_that_postgresql_cannot_hold_does_no_harm(server: Server) -> None:
    report = event("odd", type="report.filed")
    report["data"]["report"] = {"by": "u1", "reason": "odd\0words"}
    decided = server.decide(report)
    assert decided.status == 200
    assert server.ask("GET", "/v1/decisions/odd%00one", key=server.key()).status == 404


def on_postgres(folder: Path, url: str) -> Server:
    return Server(folder / "data", "--charter", str(CHARTER), "--database", url, new=True)
