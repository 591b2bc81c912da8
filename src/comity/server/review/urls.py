"""The pages of this room."""

from django.urls import path

from comity.server.review import views

urlpatterns = [
    path("review", views.queues, name="review"),
    path("review/queues/<int:number>", views.queue, name="queue"),
    path("review/cases/<int:number>", views.case, name="case"),
    path("review/cases/<int:number>/rule", views.rule, name="rule"),
    path("review/cases/<int:number>/campaign", views.rule_campaign, name="rule_campaign"),
    path("review/cases/<int:number>/others", views.others, name="case_others"),
    path("review/cases/<int:number>/<str:step>", views.act, name="case_step"),
    path("review/comfort", views.comfort, name="comfort"),
    path("review/templates", views.templates, name="review_templates"),
    path("review/setup", views.setup, name="review_setup"),
    path("review/setup/<int:number>", views.setup, name="review_setup_queue"),
]
