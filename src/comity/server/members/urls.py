"""The pages of this room."""

from django.urls import path

from comity.server.members import views

urlpatterns = [
    path("sign-in", views.ask_for_link, name="sign_in"),
    path("sign-in/<str:token>", views.sign_in, name="sign_in_link"),
    path("sign-out", views.sign_out, name="sign_out"),
]
