"""The addresses of the Perspective API."""

from django.urls import path

from comity.server.perspective import views

urlpatterns = [
    path("v1alpha1/comments:analyze", views.analyze_comment),
    path("v1alpha1/comments:suggestscore", views.suggest_score),
    path("$discovery/rest", views.discover),
]
