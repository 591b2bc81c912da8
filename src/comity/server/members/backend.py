"""How a session finds its person. Links sign people in; there is no password to check."""

from django.contrib.auth.backends import BaseBackend

from comity.server.members.models import Person


class LinkBackend(BaseBackend):
    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()
