from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "comity.server.members"
    label = "members"

    def ready(self) -> None:
        from comity.server.members import journal

        journal.listen()
