"""What people do with their own account: each function is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.models import Person, new_salt

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person can sign in, beside a link."""

    password: bool
    app: bool
    passkeys: Sequence[Authenticator]
    codes: int
    """Recovery codes that are left."""
    providers: Sequence[SocialAccount]

    @property
    def second(self) -> bool:
        """Whether it takes a second step."""
        return self.app or bool(self.passkeys)


def ways_of(person: Person) -> Ways:
    factors = list(Authenticator.objects.filter(user=person).order_by("pk"))
    codes = [f for f in factors if f.type == Authenticator.Type.RECOVERY_CODES]
    return Ways(
        password=person.has_usable_password(),
        app=any(factor.type == Authenticator.Type.TOTP for factor in factors),
        passkeys=[f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        codes=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        providers=list(SocialAccount.objects.filter(user=person).order_by("pk")),
    )


@transaction.atomic
def rename(person: Person, name: str) -> None:
    """Change the name that others see."""
    name = name.strip()
    if not (0 < len(name) <= _LONGEST_NAME and name.isprintable()):
        longest = _("A name is one line of 1 to %(n)s characters.")
        raise Mistake(longest, n=_LONGEST_NAME)
    person.display_name = name
    person.save(update_fields=["display_name"])


@transaction.atomic
def end_sessions(person: Person) -> None:
    """Sign the person out on every device."""
    person.session_salt = new_salt()
    person.save(update_fields=["session_salt"])


@transaction.atomic
def forget_ways_in(person: Person) -> None:
    """Take away password, second factors and providers, and end every session."""
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person)
