"""A forum of somebody else's, on an origin of its own: what the component has to work in."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Forum:
    """Serves `page` under a policy that lets in scripts and answers of the server alone."""

    def __init__(self) -> None:
        self.page = ""
        self.policy = "default-src 'none'"
        self.posted: list[str] = []
        forum = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(forum.page)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                forum.posted.append(self.rfile.read(length).decode())
                self._answer("<!doctype html><title>Posted</title><p>Posted")

            def _answer(self, page: str) -> None:
                body = page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", forum.policy)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *values: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
