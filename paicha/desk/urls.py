from django.urls import include, path

from paicha.desk import graduates, undoing, views
from paicha.desk.log.views import audit

urlpatterns = [
    path("", views.home, name="home"),
    path("audit", audit, name="audit"),
    path("", include("paicha.desk.progress.urls")),
    path("", include("paicha.desk.receiving.urls")),
    path("", include("paicha.desk.calling.urls")),
    path("", include("paicha.desk.reporting_in.urls")),
    path("graduates/<uuid:cohort_id>", graduates.cohort, name="cohort"),
    path("graduates/<uuid:cohort_id>/receipts", graduates.receipts, name="cohort-receipts"),
    path("graduates/people/<uuid:graduate_id>/receipt", graduates.receipt, name="graduate-receipt"),
    path("graduates/people/<uuid:graduate_id>/receipt/back", graduates.back, name="graduate-receipt-back"),
    path("uploads/<uuid:upload_id>/undo", undoing.register, name="upload-undo"),
    path("roster/uploads/<uuid:upload_id>/undo", undoing.roster, name="roster-undo"),
    path("entries/<uuid:entry_id>", views.entry, name="entry"),
    path("overview", views.overview, name="overview"),
    path("branches/<uuid:branch_id>/annex2", views.annex2, name="annex2"),
    path("overview/annex2-all.xlsx", views.annex2_all, name="annex2-all"),
    path("overview/annex2.xlsx", views.annex2_report, name="annex2-report"),
]
