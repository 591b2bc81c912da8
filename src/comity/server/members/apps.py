from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "comity.server.members"
    label = "members"
