"""Where a server keeps what it has: one folder, made on first start, readable by its owner only."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from comity.errors import Diagnostic, InputError

_PRIVATE = 0o600
_SIZE = 32


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder named with `--data`; a copy of it, taken while the server is down, is a backup."""

    path: Path

    @property
    def database(self) -> Path:
        """SQLite's file; not there where the tables are in PostgreSQL."""
        return self.path / "comity.sqlite3"

    @property
    def database_url(self) -> Path:
        """The file with the address of the PostgreSQL database, where there is one."""
        return self.path / "database.url"

    @property
    def charter(self) -> Path:
        return self.path / "charter.yaml"

    @property
    def openid(self) -> Path:
        return self.path / "openid.yaml"

    def make(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = f"cannot make the data folder: {error.strerror}"
            hint = "name a folder that you may write with --data"
            raise InputError([Diagnostic(message, hint, file=str(self.path))]) from None

    def secret(self, name: str) -> bytes:
        """Return the 32 random bytes called `name`, made when first asked for."""
        file = self.path / f"{name}.key"
        try:
            return _read(file)
        except FileNotFoundError:
            self.make()
        # Written aside and linked into place: a crash leaves no half key, and of two processes
        # that start at once both read the key of the first.
        draft = file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w") as out:
            out.write(secrets.token_hex(_SIZE))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return _read(file)


def _read(file: Path) -> bytes:
    with suppress(ValueError):
        key = bytes.fromhex(file.read_text("ascii"))
        if len(key) == _SIZE:
            return key
    message, hint = "this is not a key", "restore the file from a backup"
    raise InputError([Diagnostic(message, hint, file=str(file))])
