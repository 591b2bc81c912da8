"""The pages of statements."""

from django.urls import path

from comity.server.review.statements import views

urlpatterns = [
    path("statements/<str:token>", views.statement, name="statement"),
    path("statements/<str:token>/appeal", views.appeal, name="appeal"),
    path("statements/<str:token>/object", views.object_to_outcome, name="object"),
    path("statements/<str:token>/withdraw", views.withdraw_appeal, name="withdraw_appeal"),
]
