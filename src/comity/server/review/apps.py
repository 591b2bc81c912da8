from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "comity.server.review"
    label = "review"
