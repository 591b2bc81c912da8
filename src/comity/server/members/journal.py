"""A line in the log for each sign-in and each failure: who and how, never from where.

Nobody is followed: no address, no device, no name that was tried.
"""

from typing import Any

import structlog
from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from comity.server.members.models import Person

_log = structlog.get_logger()


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="journal")
    user_login_failed.connect(_failed, dispatch_uid="journal")
    for signal, what in _CHANGES.items():
        signal.connect(_changed(what), weak=False, dispatch_uid="journal")


_CHANGES = {
    password_set: "password set",
    password_changed: "password changed",
    authenticator_added: "second factor added",
    authenticator_removed: "second factor removed",
    social_account_added: "provider connected",
    social_account_removed: "provider disconnected",
}


def _signed_in(request: HttpRequest, user: Person, **_others: Any) -> None:
    steps = request.session.get("account_authentication_methods", ())
    how = [step.get("type") or step["method"] for step in steps]
    _log.info("signed in", person=user.pk, how=how or ["link"])


def _failed(**_others: Any) -> None:
    _log.warning("sign-in refused")


def _changed(what: str) -> Any:
    def changed(**sent: Any) -> None:
        person = sent.get("user") or sent["request"].user
        _log.info(what, person=person.pk)

    return changed
