"""From a folder to a running server: everything that happens before the first request."""

import fcntl
import multiprocessing
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from comity.errors import Diagnostic, InputError
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use


@dataclass(frozen=True, slots=True)
class Serving:
    """What the command line asks for."""

    data: Path
    host: str
    port: int
    charter: Path | None
    demo: bool


def serve(serving: Serving) -> None:
    """Prepare the folder, say where to look, and serve until stopped."""
    folder = DataFolder(serving.data)
    folder.make()
    lock = _take(folder)
    _check_address(serving)
    use(folder)
    address = f"http://{serving.host}:{serving.port}"
    migrate()
    print(f"Comity is at {address}", flush=True)  # noqa: T201  what the command is for
    print(f"Sign in once: {address}/sign-in/{_sign_in_token()}", flush=True)  # noqa: T201
    _run(serving)
    lock.close()


def _take(folder: DataFolder) -> IO[str]:
    """Keep a second server off the folder; the lock goes when the process does, however it does."""
    lock = (folder.path / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        hint = "stop the other one, or name another folder with --data"
        message = "another server is running on this data folder"
        raise InputError([Diagnostic(message, hint, file=str(folder.path))]) from None
    return lock


def _check_address(serving: Serving) -> None:
    """Say at once, and in words, that the address cannot be had."""
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((serving.host, serving.port))
        except OSError as error:
            message = f"cannot listen on {serving.host}:{serving.port}: {error.strerror}"
            raise InputError(
                [Diagnostic(message, "choose another address with --host or --port")]
            ) from None


def _sign_in_token() -> str:
    from django.utils.timezone import now

    from comity.server.members import services

    community = services.found_community("town-square", "Town Square")
    return services.make_sign_in_link(services.first_steward(community), now())


def _run(serving: Serving) -> None:
    from django.db import connections
    from granian.constants import Interfaces
    from granian.server import Server

    # The worker is forked, so that what is loaded here is there at once and shared in memory.
    # Whatever has threads, sockets or open files begins in the worker.
    connections.close_all()
    multiprocessing.set_start_method("fork", force=True)
    Server(
        "comity",
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        blocking_threads=64,
        websockets=False,
        log_enabled=False,
    ).serve(target_loader=_load_worker, wrap_loader=False)


def _load_worker() -> Callable[..., Any]:
    from comity.server.wsgi import application

    return application
