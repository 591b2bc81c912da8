"""The pages of this room."""

from django.urls import path

from comity.server.members.views import own, sign_in

urlpatterns = [
    path("sign-in", sign_in.ask_for_link, name="sign_in"),
    path("sign-in/<str:token>", sign_in.by_link, name="sign_in_link"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("me", own.own_page, name="me"),
]
