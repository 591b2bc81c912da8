"""Script in every field that takes text, on each page that one comes to: it is shown, not run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from tests.server.members.conftest import sign_in
from tests.server.support import Server, event

SCRIPT = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"
_TYPED = {"text", "search", "url", "textarea"}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    @property
    def kind(self) -> tuple[str, ...]:
        """Forms of one kind stand on many pages: one of them is enough."""
        return (re.sub(r"\d+", "1", self.action), *sorted(self.typed))


class Reader(HTMLParser):
    """The links and forms of a page, the forms filled in as they are; a button is pressed too."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self._address, self._form, self._select = address, None, ""
        self.feed(page)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in found}
        name, kind = have.get("name", ""), have.get("type", "text")
        if tag == "a" and "href" in have:
            self.links.add(urljoin(self._address, have["href"]).partition("#")[0])
        elif tag == "form":
            action = urljoin(self._address, have.get("action") or self._address)
            self._form = Form(action, have.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is None or not name:
            return
        elif tag == "textarea" or (tag == "input" and kind in _TYPED):
            self._form.typed.append(name)
            self._form.fields[name] = SCRIPT
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in have or self._select not in self._form.fields:
                self._form.fields[self._select] = have.get("value", "")
        elif kind not in ("checkbox", "radio") or "checked" in have or kind == "radio":
            self._form.fields.setdefault(name, have.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where whoever could write something in wrote script."""
    started = Server(tmp_path_factory.mktemp("script") / "data")
    hostile = {"author": {"id": SCRIPT}, "parent": {"id": "p0", "text": SCRIPT, "author": SCRIPT}}
    for i in range(3):
        told = event(f"script-{i}", f"{SCRIPT} WHY ARE YOU ALL SO VERY LOUD HERE {i}")
        told["data"] |= hostile
        told["data"]["post"] |= {"id": f"{SCRIPT}{i}", "thread": SCRIPT}
        report = event(f"script-report-{i}", type="report.filed")
        report["data"]["post"] = {"id": f"{SCRIPT}{i}"}
        report["data"]["report"] = {"by": SCRIPT, "article": SCRIPT, "reason": SCRIPT}
        assert started.decide([told, report]).status == 200
    yield started
    started.stop()


def test_script_is_shown_and_never_run(server: Server) -> None:
    session = sign_in(server, "steward")
    pages = crawl(session, server)
    forms = {form.kind: form for page in pages.values() for form in page.forms}
    filled = [form for form in forms.values() if form.typed]
    posted = {urlsplit(form.action).path for form in filled if form.method == "post"}
    for path in ("/people/new", "/platforms/keys", "/platforms/webhooks", "/review/setup", "/try"):
        assert path in posted
    assert any(re.fullmatch(r"/review/cases/\d+/rule", path) for path in posted)
    assert len(filled) >= 10
    for form in filled:
        if form.method == "post":
            answer = session.post(form.action, form.fields)
        else:
            answer = session.get(form.action, params=form.fields)
        assert answer.status_code < 500, form.action
        assert SCRIPT not in answer.text, form.action
    crawl(session, server, least_shown=5)


def crawl(session: requests.Session, server: Server, least_shown: int = 0) -> dict[str, Reader]:
    """Every page that a steward comes to by links; none of them holds the script as it is."""
    waiting = [f"{server.address}{path}" for path in ("/live", "/review", "/people", "/platforms")]
    pages: dict[str, Reader] = {}
    kinds: dict[str, int] = {}
    shown = 0
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        kind = re.sub(r"\d+|[0-9a-f-]{20,}", "1", path)
        if address in pages or kinds.get(kind, 0) >= 3 or not address.startswith(server.address):
            continue
        if path.startswith(("/v1", "/sign-out", "/static")):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = session.get(address)
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        assert answer.status_code < 500, address
        assert SCRIPT not in answer.text, address
        shown += SHOWN in answer.text
        pages[address] = Reader(answer.text, address)
        waiting += sorted(pages[address].links)
    assert shown >= least_shown
    assert len(pages) > 20
    return pages
