from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "comity.server.transparency"
    label = "transparency"
