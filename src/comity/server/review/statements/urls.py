"""The pages of statements."""

from django.urls import path

from comity.server.review.statements import views

urlpatterns = [path("statements/<str:token>", views.statement, name="statement")]
