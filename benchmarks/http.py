"""Decisions over HTTP, with storage and ledger, by wrk; beside a bare endpoint with two inserts.

Every event is measured, decided, entered in the ledger and synced to the disk before the answer.
Needs wrk (Debian: apt-get install wrk). On two cores the load generator shares them.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tests.server.support import free_port

HERE = Path(__file__).parent
CHARTER = HERE.parent / "src" / "comity" / "server" / "demo" / "charter.yaml"
SECONDS = 10


@dataclass(frozen=True)
class Load:
    """How many connections ask at once, and how many events each request brings."""

    connections: int
    events: int


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("this benchmark needs wrk: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _start_once(data)  # compiles what is compiled on a first start
        for tier in ("full", "fast"):
            begun = time.perf_counter()
            with _comity(data, tier) as (port, process):
                print(f"tier {tier}: started in {time.perf_counter() - begun:.1f} s")
                processes = _family(process.pid)
                memory = sum(map(_pss, processes))
                print(f"memory when idle: {memory:.0f} MiB in {len(processes)} processes")
                key = _make_key(data)
                print(f"{'':30}{'events/s':>10}{'p50 ms':>10}{'p99 ms':>10}")
                for load in (Load(1, 1), Load(64, 1), Load(8, 100)):
                    _report(f"comity, {tier}, {_name(load)}", _wrk(port, key, load), load)
        with _bare(Path(folder) / "bare.sqlite3") as port:
            load = Load(64, 1)
            _report("bare endpoint, 64 × 1", _wrk(port, "none", load), load)


def _name(load: Load) -> str:
    return f"{load.connections} × {load.events}"


def _report(name: str, found: dict[str, Any], load: Load) -> None:
    if found["failed"]:
        sys.exit(f"{name}: {found['failed']} requests failed")
    rate = found["requests"] * load.events / found["seconds"]
    print(f"{name:30}{rate:>10,.0f}{found['p50_ms']:>10.1f}{found['p99_ms']:>10.1f}", flush=True)


def _wrk(port: int, key: str, load: Load) -> dict[str, Any]:
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{load.connections}", f"-d{SECONDS}s"),
            *("-s", str(HERE / "http.lua"), f"http://127.0.0.1:{port}"),
            *("--", key, str(load.events)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _start_once(data: Path) -> None:
    with _comity(data, "full"):
        pass


@contextmanager
def _comity(data: Path, tier: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "comity", "serve", "--data", str(data), "--port", str(port)]
    options = ["--charter", str(CHARTER), "--tier", tier]
    with _running([*command, *options], f"http://127.0.0.1:{port}/healthz") as it:
        yield port, it


@contextmanager
def _bare(database: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "benchmarks._bare:application", "--no-log"]
    # Few threads: each waits for the one lock on the database, and more would only give up on it.
    options = ["--interface", "wsgi", "--blocking-threads", "4", "--port", str(port)]
    os.environ["BARE_DATABASE"] = str(database)
    with _running([*command, *options], f"http://127.0.0.1:{port}/v1/openapi.json"):
        yield port


@contextmanager
def _running(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not _answers(url):
            if process.poll() is not None:
                sys.exit(f"{command[2]} ended with {process.returncode}")
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _make_key(data: Path) -> str:
    made = subprocess.run(
        [
            *(sys.executable, "-m", "comity", "keys", "create", "benchmark"),
            *("--rate", "100000000", "--data", str(data)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    time.sleep(1.1)  # the server reads the keys anew once a second
    return made.stdout.strip()


def _family(pid: int) -> list[int]:
    """A process, its children, and theirs."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *chain.from_iterable(_family(int(child)) for child in children)]


def _pss(pid: int) -> float:
    """MiB that a process holds, its part only of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        # A sandbox may not tell shares; then what is resident has to do.
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
