"""From a folder to a running server: everything that happens before the first request."""

import fcntl
import gc
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

import structlog

from comity.errors import Diagnostic, InputError
from comity.server.database import held_alone, keep_in_postgres
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use
from comity.signals.model import Tier

if TYPE_CHECKING:
    from comity.server.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Serving:
    """What the command line asks for."""

    data: Path
    database: str | None
    host: str
    port: int
    charter: Path | None
    demo: bool
    tier: Tier | None


def serve(serving: Serving) -> None:
    """Prepare the folder, say where to look, and serve until stopped."""
    os.umask(0o077)  # what is written holds what people said, whoever made the folder
    folder = DataFolder(serving.data)
    folder.make()
    lock = _take(folder)
    _check_address(serving)
    if serving.database:
        keep_in_postgres(folder, serving.database)
    use(folder)
    migrate()
    with held_alone(folder):
        _serve(serving, folder)
    lock.close()


def _serve(serving: Serving, folder: DataFolder) -> None:
    from comity.server.runtime import load

    runtime = load(folder, serving.charter, serving.demo, serving.tier)
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    address = f"http://{host}:{serving.port}"
    print(f"Comity is at {address}", flush=True)  # noqa: T201  what the command is for
    link = _sign_in_link(runtime)
    print(f"Sign in once: {address}{link}", flush=True)  # noqa: T201  what the command is for
    _run(serving, runtime)


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


def _sign_in_link(runtime: "Runtime") -> str:
    from django.utils.timezone import now

    from comity.server.members import services

    steward = services.first_steward(runtime.community)
    return f"/sign-in/{services.make_sign_in_link(steward, now())}"


def _run(serving: Serving, runtime: "Runtime") -> None:
    from django.db import connections
    from granian.constants import Interfaces
    from granian.server import Server

    from comity.server.intake.companion import end_with_parent

    def worker() -> Callable[..., Any]:
        """Begin whatever has threads or open files; all else was loaded before the fork."""
        end_with_parent()
        # Python hands over between threads every 5 ms. Here dozens wait for one that has much to
        # do in short steps: handing over sooner gave half as many requests again.
        sys.setswitchinterval(0.000_3)
        runtime.start()
        Thread(target=_end_with, args=(runtime.crew.keeper.process,), daemon=True).start()
        from comity.server.wsgi import application

        _spare_the_collector()
        return application

    connections.close_all()
    _spare_the_collector()
    # Forked, so that charter and model are there at once and in memory once.
    multiprocessing.set_start_method("fork", force=True)
    server = Server(
        "comity",
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        blocking_threads=64,
        websockets=False,
        log_enabled=False,
    )
    try:
        server.serve(target_loader=worker, wrap_loader=False)
    except SystemExit as end:
        if end.code:
            structlog.get_logger().error("the process that answers requests ended; so does this")
        raise


def _spare_the_collector() -> None:
    """What is loaded stays: the collector need not walk over all of it again and again, for a tenth
    of a second each time. What a group of events makes is gone with the group, and looking for
    cycles in it every few events would cost a tenth of the time to find none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _end_with(child: int) -> None:
    """End this process once that one has."""
    os.waitpid(child, 0)
    structlog.get_logger().error("the keeper of its companions ended; so does this")
    os._exit(1)
