from django.urls import path

from paicha.transfers.reporting_in import views

urlpatterns = [
    path("report-ins/<uuid:report_in_id>/end", views.end, name="report-in-end"),
    path("report-ins/<uuid:report_in_id>/withdraw", views.withdraw, name="report-in-withdraw"),
]
