"""Where allauth asks us: how people sign in here, what is kept of it, and who may.

Whom a provider may sign in follows the rule of the platforms' links: it can speak for members, and
for one who governs only if they connected it themselves.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comity.server import runtime
from comity.server.addresses import address_of
from comity.server.members.identities import know_as, person_of
from comity.server.members.models import Membership, Person, Role
from comity.server.members.permissions import GOVERNING, Permission, may, roles_of

_log = structlog.get_logger()


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people are invited, or come through their platform

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that someone finds themselves on after signing in."""
        person = request.user
        assert isinstance(person, Person)  # noqa: S101  they have just signed in
        watches = may(person, runtime.current().community, Permission.READ_DECISIONS)
        return reverse("live" if watches else "me")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, str]]:
        """The easiest first."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: "passkey" not in method["url"])

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which tries are counted."""
        return address_of(request)

    def add_message(self, *args: Any, **options: Any) -> None:
        """Say nothing: what was done can be seen on the page that follows."""


class FactorAdapter(DefaultMFAAdapter):
    """Second factors. Their secrets are stored encrypted with a key of the data folder."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in through a provider of OpenID Connect."""

    @transaction.atomic
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Recognise a member of the platform that the provider belongs to."""
        source = _settings(sociallogin)["source"]
        if sociallogin.is_existing or request.user.is_authenticated or source is None:
            return
        community = runtime.current().community
        known = person_of(community, source, sociallogin.account.uid)
        if known is None:
            return
        if roles_of(known, community) & GOVERNING:
            raise ImmediateHttpResponse(_not_connected(request))
        sociallogin.connect(request, known)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **more: Any
    ) -> None:
        """Tell the operator what kind of failure it was; an answer's own words may hold secrets."""
        failed = type(exception).__name__ if exception else str(more.get("error"))
        _log.warning("sign-in through a provider failed", provider=provider.sub_id, failed=failed)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("account")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(_settings(sociallogin)["newcomers"])

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True  # there is nothing to ask a newcomer

    @transaction.atomic
    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: object = None
    ) -> AbstractBaseUser:
        """Welcome a newcomer as a member."""
        account, source = sociallogin.account, _settings(sociallogin)["source"]
        community = runtime.current().community
        name = str(account.extra_data.get("name") or "")[:200]
        sociallogin.user = person = Person(
            username=f"{account.uid}@{source or account.provider}"[:401],
            display_name=name if name.isprintable() and name.strip() else account.uid,
        )
        sociallogin.save(request)
        Membership.objects.get_or_create(person=person, community=community, role=Role.MEMBER)
        if source is not None:
            know_as(person, community, source, account.uid)
        return person


def _settings(login: SocialLogin) -> Any:
    return login.provider.app.settings


def _not_connected(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_closed.html", {"governs": True}, status=403)


def _cipher() -> Fernet:
    return Fernet(
        urlsafe_b64encode(sha256(b"second factors" + settings.SECRET_KEY.encode()).digest())
    )
