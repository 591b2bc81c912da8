"""Pages that talk to a server talk to a real one."""

from tests.server.conftest import server

__all__ = ["server"]
