from django.urls import path

from paicha.campaigns.reports import views

urlpatterns = [
    path("units/<uuid:unit_id>/report", views.report, name="unit-report"),
    path("units/<uuid:unit_id>/report/summary", views.draft_summary, name="unit-report-summary"),
    path("submissions/<uuid:submission_id>", views.submission, name="submission"),
    path("submissions/<uuid:submission_id>/papers/<int:paper>", views.paper, name="submission-paper"),
]
