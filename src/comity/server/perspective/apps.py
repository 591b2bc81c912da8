from django.apps import AppConfig


class PerspectiveConfig(AppConfig):
    name = "comity.server.perspective"
    label = "perspective"
