from django.urls import path

from paicha.desk.reporting_in import views

urlpatterns = [
    path("entries/<uuid:entry_id>/report-in", views.report_in, name="entry-report-in"),
    path("report-ins", views.report_ins, name="report-ins"),
]
