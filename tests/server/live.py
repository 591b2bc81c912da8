"""A real server for the tests: `comity serve` as people start it, in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
READY_WITHIN = 60.0
"""Seconds that a server may take until it answers."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, the one-time link that it printed, and its data folder."""

    address: str
    link: str
    data: Path
    pid: int

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return bytes(answer.read())


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[Server]:
    """Start a server and stop it at the end, as Ctrl+C does."""
    port = _free_port()
    command = [sys.executable, "-m", "comity", "serve", "--data", str(data), "--port", str(port)]
    log = data.parent / f"{data.name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
    try:
        link = _wait(process, log, port)
        yield Server(f"http://127.0.0.1:{port}", link, data, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", log: Path, port: int) -> str:
    """Wait until the server answers, and return the link that it printed."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        printed = re.search(r"http://\S+/sign-in/\S+", log.read_text())
        if printed and _answers(port):
            return printed[0]
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False
