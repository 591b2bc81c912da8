"""The address of the reader's preferences; the language has Django's own."""

from django.urls import path

from comity.server.console import views

urlpatterns = [path("theme", views.set_theme, name="set_theme")]
