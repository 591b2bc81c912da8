"""How a session finds its person, and how passwords are kept."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import Argon2PasswordHasher

from comity.server.members.models import Person


class Backend(AuthenticationBackend):
    """Allauth's, without the tables of Django's own permissions: ours are in `permissions`."""

    get_user_permissions = BaseBackend.get_user_permissions
    get_group_permissions = BaseBackend.get_group_permissions
    get_all_permissions = BaseBackend.get_all_permissions
    has_perm = BaseBackend.has_perm

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP recommends where many may sign in at once: 19 MiB, not Django's 100."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
