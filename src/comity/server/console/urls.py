"""Addresses of the reader's preferences."""

from django.urls import path
from django.views.i18n import set_language

from comity.server.console import views

urlpatterns = [
    path("language", set_language, name="set_language"),
    path("theme", views.set_theme, name="set_theme"),
]
