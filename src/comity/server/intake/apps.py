from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "comity.server.intake"
    label = "intake"
