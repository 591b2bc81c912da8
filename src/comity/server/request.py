"""How the body of a request comes in: bounded, however it was sent, and at nobody else's cost."""

import zlib
from threading import BoundedSemaphore
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from comity.server.problems import Problem

_GZIP: Final = 16 + zlib.MAX_WBITS

# Whoever sends a form slowly keeps a thread waiting, and need not be known to us: only a few of
# the threads may wait so. The API reads a body once its key is admitted.
_waiting: Final = BoundedSemaphore(16)


class ApiRequest(WSGIRequest):
    """Django's, but for the body: this one may also come in chunks, or packed with gzip."""

    @property
    def body(self) -> bytes:
        if not hasattr(self, "_body"):
            self._body: bytes = self._unpack(self._receive())
        return self._body

    def _receive(self) -> bytes:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = self.META.get("CONTENT_LENGTH")
        sent: bytes = self.environ["wsgi.input"].read(int(length) if length else most + 1)
        return _bounded(sent)

    def _unpack(self, sent: bytes) -> bytes:
        encoding = self.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
        if encoding in ("identity", ""):
            return sent
        if encoding != "gzip":
            raise Problem(
                415,
                f"the body is packed with `{encoding[:40]}`",
                where="Content-Encoding",
                hint="send it as it is, or packed with gzip",
            )
        unpacking = zlib.decompressobj(_GZIP)
        try:
            body = unpacking.decompress(sent, settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        except zlib.error:
            raise Problem(400, "the body is not gzip", where="Content-Encoding") from None
        if not unpacking.eof and not unpacking.unconsumed_tail:
            raise Problem(400, "the body ends in the middle", where="Content-Encoding")
        return _bounded(body)


def _bounded(body: bytes) -> bytes:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if len(body) > most:
        message = f"the body has more than {most:,} bytes"
        raise Problem(413, message, hint="send fewer events in one request")
    return body


class FormBody:
    """The body of a form as Django reads it, refused while too many others keep us waiting."""

    def __init__(self, sent: Any) -> None:
        self._sent = sent

    def read(self, size: int) -> bytes:
        return self._wait(self._sent.read, size)

    def readline(self, size: int) -> bytes:
        return self._wait(self._sent.readline, size)

    def _wait(self, read: Any, size: int) -> bytes:
        if not _waiting.acquire(blocking=False):
            raise UnreadablePostError("too many forms are being sent at once")
        try:
            received: bytes = read(size)
            return received
        finally:
            _waiting.release()
