"""The pages of this room."""

from django.urls import path

from comity.server.learning import views

urlpatterns = [
    path("advice", views.advice, name="advice"),
    path("lessons", views.index, name="lessons"),
    path("lessons/<slug:lesson_id>", views.lesson, name="lesson"),
]
