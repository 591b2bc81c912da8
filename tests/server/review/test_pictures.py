"""Pictures of a post: fetched when asked for, bounded, and only if they are pictures."""

import struct
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest


def png(width: int = 2, height: int = 2) -> bytes:
    """A red rectangle."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xff\0\0" * width) * height
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


ANSWERS = {
    "/cat.png": (200, {"Content-Type": "text/html"}, png()),
    "/gone.png": (404, {}, png()),
    "/moved.png": (302, {"Location": "/cat.png"}, b""),
    "/drawing.svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg onload='alert(1)'/>"),
    "/page.png": (200, {"Content-Type": "image/png"}, b"<script>alert(1)</script>"),
    "/large.png": (200, {}, png() + bytes(6 * 1024 * 1024)),
}


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[str, list[Any]]]:
    """Where pictures lie, and the headers of each request for one."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers)
            status, headers, content = ANSWERS[self.path]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                assert self.path == "/large.png"  # it is not read to its end

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("database")
class TestFetching:
    def test_a_picture_is_what_its_bytes_are_and_nothing_of_the_reader_is_told(self, host):
        from comity.server.review.pictures import fetch

        address, asked = host
        picture = fetch(f"{address}/cat.png", allow_private=True)
        assert (picture.format, picture.content) == ("image/png", png())
        assert picture.embedded.startswith("data:image/png;base64,iVBOR")
        told = {name.lower() for name in asked[-1]}
        assert told == {"host", "accept", "accept-encoding", "user-agent"}

    @pytest.mark.parametrize(
        ("path", "why"),
        [
            ("/gone.png", "not there"),
            ("/moved.png", "moved"),
            ("/drawing.svg", "shown safely"),
            ("/page.png", "shown safely"),
            ("/large.png", "larger than 5 MB"),
        ],
    )
    def test_anything_else_is_not_shown_and_said_why(self, host, path, why):
        from comity.server.review.pictures import NoPicture, fetch

        with pytest.raises(NoPicture) as found:
            fetch(host[0] + path, allow_private=True)
        assert why in str(found.value.why)

    def test_private_networks_are_not_entered(self, host):
        from comity.server.review.pictures import NoPicture, fetch

        address, asked = host
        before = len(asked)
        with pytest.raises(NoPicture):
            fetch(f"{address}/cat.png", allow_private=False)
        assert len(asked) == before


def test_pictures_are_what_is_attached_or_linked_under_a_pictures_name(town):
    from comity.server.review.pictures import addresses

    text = "STOP SHOUTING AT EVERYBODY: http://c.example/d.JPG?x"
    event = town.event("post.created", "p1", text=text, author={"id": "wren"})
    post = event.data.post.model_copy(
        update={
            "media": (
                "https://a.example/1",
                "javascript:alert(1)",
                "https://me:pw@a.example/2.png",
            ),
            "links": ("https://b.example/page", "https://b.example/2.webp"),
        }
    )
    town.tell(event.model_copy(update={"data": event.data.model_copy(update={"post": post})}))
    town.report("p1")
    assert addresses(town.case) == (
        "https://a.example/1",
        "https://b.example/2.webp",
        "http://c.example/d.JPG?x",
    )


def test_a_private_host_is_entered_only_where_the_operator_let_us_in(town):
    from comity.server.intake.models import Webhook
    from comity.server.review.pictures import may_be_private

    def webhook(url: str, **more: Any) -> None:
        made = {"community": town.community, "url": url, "created": town.now, **more}
        Webhook.objects.create(**made)

    webhook("http://forum.lan:8080/hook", allow_private=True)
    webhook("http://closed.lan/hook", allow_private=False)
    webhook("http://old.lan/hook", allow_private=True, active=False)
    assert may_be_private(town.community, "http://FORUM.lan:8080/uploads/1.png")
    for url in ("http://forum.lan/1.png", "https://forum.lan:8080/1.png", "http://old.lan/1.png"):
        assert not may_be_private(town.community, url)
    assert not may_be_private(town.community, "http://closed.lan/1.png")
