"""Every page that there is, found in the urlconf: what is posted there comes from our own forms,
and from those who may. A new page is held to it by being there.
"""

import re
from collections.abc import Iterator

import pytest
import requests

from tests.server.members.conftest import SignIn
from tests.server.support import Server

VISITORS = {
    "account_login",
    "sign_in",
    "sign_in_link",
    "openid_connect_login",
    "openid_connect_callback",
    "account_inactive",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "mfa_authenticate",
    "sign_out",
    "set_language",
    "set_theme",
    "lesson",
    "statement",
    "appeal",
    "withdraw_appeal",
    "object",
}
"""Where anybody may post: to come in or go, how the page looks, a quiz; and letters, which are for
whoever has their signed link."""

ONESELF = {
    "account",
    "mfa_index",
    "mfa_list_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "socialaccount_connections",
    "sign_out_everywhere",
    "try",
}
"""Where who is signed in may post without any role: it concerns themselves alone."""


@pytest.fixture
def pages(django: None) -> list[tuple[str, str]]:  # noqa: ARG001  it has the urlconf
    """The name and a path of every page; the API has no cookies, so nothing can be forged there."""
    from django.urls import get_resolver

    from comity.server.wsgi import API

    found = list(_pages(get_resolver(), "/"))
    assert len(found) > 60
    pages = [(name, path) for name, path in found if not path.startswith(API)]
    odd = [path for _, path in pages if not re.fullmatch(r"[\w/.-]+", path)]
    assert odd == [], "give the test an example of each"
    return pages


def _pages(resolver: object, above: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        path = above + re.sub(r"<int:\w+>", "1", str(pattern.pattern))
        path = re.sub(r"<((str|slug|path):)?\w+>", "x", path)
        if hasattr(pattern, "url_patterns"):
            yield from _pages(pattern, path)
        else:
            yield pattern.name, path


@pytest.mark.parametrize("sent", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_nothing_is_taken_that_another_site_had_sent(
    server: Server, signed_in: SignIn, pages: list[tuple[str, str]], sent: dict[str, str]
) -> None:
    session = signed_in("steward")
    for _, path in pages:
        answer = session.post(server.address + path, sent, allow_redirects=False)
        assert (answer.status_code, "This form has expired" in answer.text) == (403, True), path


def test_not_even_with_our_token(
    server: Server, signed_in: SignIn, pages: list[tuple[str, str]]
) -> None:
    session = signed_in("steward")
    sent = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    for _, path in pages:
        answer = session.post(
            server.address + path,
            sent,
            headers={"Origin": "https://elsewhere.example"},
            allow_redirects=False,
        )
        assert answer.status_code == 403, path


def test_visitors_post_only_where_anybody_may(server: Server, pages: list[tuple[str, str]]) -> None:
    with requests.Session() as visitor:
        visitor.get(f"{server.address}/sign-in")
        for name, path in pages:
            if name not in VISITORS:
                answer = post(visitor, server, path)
                away = answer.headers.get("Location", "").startswith("/sign-in")
                assert away or answer.status_code in (403, 405), (name, answer.status_code)


@pytest.mark.parametrize("role", ["outsider", "auditor"])
def test_without_a_role_that_may_one_posts_only_about_oneself(
    server: Server, signed_in: SignIn, pages: list[tuple[str, str]], role: str
) -> None:
    session = signed_in(role)
    for name, path in pages:
        if name not in VISITORS | ONESELF:
            answer = post(session, server, path)
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)


def post(session: requests.Session, server: Server, path: str) -> requests.Response:
    sent = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    return session.post(server.address + path, sent, allow_redirects=False)


def test_no_name_in_these_lists_is_of_a_page_that_is_gone(pages: list[tuple[str, str]]) -> None:
    assert {name for name, _ in pages} >= VISITORS | ONESELF
