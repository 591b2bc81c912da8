"""The console as Django knows it."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "comity.server.console"
    label = "console"
