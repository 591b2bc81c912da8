"""A real server on a real socket, and how the tests talk to it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.server.engine import prepare

CHARTER = Path(__file__).parent / "charter.yaml"
SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 60
"""Seconds to wait for what comes much sooner; it only guards against waiting for ever."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, str]:
        assert self.headers["Content-Type"] == "application/json"
        return self.json["error"]


class Server:
    """`comity serve` in a folder of its own, which has its tables unless it is to be new."""

    def __init__(self, data: Path, *options: str, new: bool = False) -> None:
        self.data = data if new else prepare(data).path
        self.options = options or ("--charter", str(CHARTER))
        self.keys: dict[tuple[str, ...], str] = {}
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    @property
    def out(self) -> Path:
        return self.data.with_suffix(".out")

    def start(self) -> None:
        self.port = free_port()
        with self.log.open("ab") as log, self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [
                    *comity("serve"),
                    "--data",
                    str(self.data),
                    "--port",
                    str(self.port),
                    *list(self.options),
                ],
                env=environment(),
                stdout=out,
                stderr=log,
            )
        until(self._is_up)

    @property
    def said(self) -> list[str]:
        """What it wrote to standard output."""
        return self.out.read_text("utf-8").splitlines()

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(PATIENCE) == 0

    def kill(self) -> None:
        """As if the power went."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        until(lambda: not self._listens())

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run(*words, "--data", str(self.data))

    def key(self, *scopes: str, rate: int = 10_000_000) -> str:
        """An API key; the same for the same wish."""
        wish = (*scopes, str(rate))
        if wish not in self.keys:
            options = [option for scope in scopes for option in ("--scope", scope)]
            self.keys[wish] = self.new_key("--rate", str(rate), *options)
        return self.keys[wish]

    def new_key(self, *options: str) -> str:
        """A key of one's own, which the server knows; it reads the keys anew once a second."""
        made = self.run("keys", "create", "a test", *options)
        made.check_returncode()
        key = made.stdout.strip()
        until(lambda: self.knows(key))
        return key

    def knows(self, key: str) -> bool:
        """Whether this key is one at work, whatever it may do."""
        return self.ask("GET", "/v1/decisions/none", key=key).status != 401

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = {} if body is None else {"Content-Type": "application/json"}
        if key:
            sent["Authorization"] = f"Bearer {key}"
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, raw, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def decide(self, events: Any) -> Answer:
        return self.ask("POST", "/v1/decisions", events, key=self.key())

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.log.read_text("utf-8")[-2_000:]
        return self.ask("GET", "/healthz").status == 200

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def event(number: int | str, text: str = "Thank you, that helped.", **more: Any) -> dict[str, Any]:
    """An event as a platform tells it; the author is `u<number>` unless told otherwise.

    Tests share a server, which refuses another event of the same number: take one of your own.
    """
    return {
        "id": f"e{number}",
        "source": "forum.example",
        "type": "post.created",
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "community": "town-square",
        "data": {
            "post": {"id": f"p{number}", "text": text, "thread": "t1"},
            "author": {"id": more.pop("author", f"u{number}")},
        },
        **more,
    }


def serve(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`comity serve` where it is to be refused: whatever else runs here does not stop it."""
    return run("serve", "--data", str(data), "--port", str(free_port()), *options)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*comity(*words)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def comity(*words: str) -> list[str]:
    return [sys.executable, "-m", "comity", *words]


def environment() -> dict[str, str]:
    paths = [path for path in sys.path if path] or [str(SOURCE)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1"}


def free_port() -> int:
    """A port on which a server can listen, and which nobody else is given while this process lives.

    Its socket stays bound and never listens: the kernel then gives the port to no connection and to
    no one who asks for any, but to a server that asks for this one with SO_REUSEADDR, as all do.
    """
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind(("127.0.0.1", 0))
    port = kept.getsockname()[1]
    kept.detach()  # left open
    return int(port)


def until(holds: Any, seconds: float = 90) -> None:
    """Wait until it holds; what is refused while a server starts does not count."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("waited in vain")
