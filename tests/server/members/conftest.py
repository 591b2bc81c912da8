"""A community in this process for services, and one behind a socket for what goes over HTTP."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page

from comity.server.setup import migrate, use
from tests.server.engine import prepare
from tests.server.support import PATIENCE, Server, environment

_MAKE_LINK = """
import sys
from pathlib import Path
from comity.server.setup import open_folder
folder, role = sys.argv[1:]
community = open_folder(Path(folder))
from django.utils import timezone
from comity.server.members import services
from comity.server.members.models import Membership, Person, Role
person, new = Person.objects.get_or_create(username=role, defaults={"display_name": role.title()})
if new and role in set(Role):
    Membership.objects.create(person=person, community=community, role=role)
print(services.make_sign_in_link(person, timezone.now()))
"""


@pytest.fixture(scope="session")
def django(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django in this process, with an empty database."""
    # Should this worker have run a browser before: Django would mind nothing but its event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    use(prepare(tmp_path_factory.mktemp("django") / "data"))
    migrate()


@pytest.fixture
def community(django: None) -> Iterator[Any]:  # noqa: ARG001  it has to be there first
    """A community with its first steward, gone after the test."""
    from django.db import transaction

    from comity.server.members.services import found_community

    with transaction.atomic():
        yield found_community("town-square", "Town Square")
        transaction.set_rollback(True)


SignIn = Callable[[str], requests.Session]


@pytest.fixture(scope="session")
def signed_in(server: Server) -> Iterator[SignIn]:
    """A session of someone with this one role, or of an `outsider` without any."""
    sessions: dict[str, requests.Session] = {}

    def session_of(role: str) -> requests.Session:
        if role not in sessions:
            sessions[role] = sign_in(server, role)
        return sessions[role]

    yield session_of
    for session in sessions.values():
        session.close()


def sign_in(server: Server, role: str) -> requests.Session:
    return enter_by(server, f"/sign-in/{fresh_token(server, role)}")


def enter_by(server: Server, path: str) -> requests.Session:
    """Open a link and press its button."""
    session = requests.Session()
    session.get(server.address + path)
    form = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    answer = session.post(server.address + path, form)
    assert answer.status_code == 200, answer.text
    return session


def fresh_token(server: Server, role: str) -> str:
    made = subprocess.run(
        [sys.executable, "-c", _MAKE_LINK, str(server.data), role],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    return made.stdout.strip()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser; it complains about whatever the policy of a page stops."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: "Security Policy" in m.text and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
