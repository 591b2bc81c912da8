from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "comity.server.learning"
    label = "learning"
