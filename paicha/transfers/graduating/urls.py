"""Addresses of graduates; a cohort's own page and the receipts are the desk's, since campaigns stand above."""

from django.urls import path

from paicha.transfers.graduating import exporting, person, views
from paicha.transfers.graduating.importing import views as importing
from paicha.transfers.graduating.issuing import single
from paicha.transfers.graduating.issuing import views as issuing

urlpatterns = [
    path("graduates", views.graduates, name="graduates"),
    path("graduates/<uuid:cohort_id>/list.xlsx", exporting.workbook, name="cohort-workbook"),
    path("graduates/<uuid:cohort_id>/send", importing.send, name="cohort-send"),
    path("graduates/<uuid:cohort_id>/letters", issuing.prepare, name="cohort-letters"),
    path("graduates/<uuid:cohort_id>/letters/issue", issuing.issue, name="cohort-letters-issue"),
    path("graduates/<uuid:cohort_id>/letters/papers", issuing.papers, name="cohort-letters-papers"),
    path("graduates/people/<uuid:graduate_id>/letter", single.issue, name="graduate-letter"),
    path("graduates/uploads/<uuid:upload_id>", importing.preview, name="graduates-upload"),
    path("graduates/uploads/<uuid:upload_id>/columns", importing.columns, name="graduates-columns"),
    path("graduates/uploads/<uuid:upload_id>/apply", importing.apply, name="graduates-apply"),
    path("graduates/uploads/<uuid:upload_id>/undo", importing.undo, name="graduates-undo"),
    path("graduates/uploads/<uuid:upload_id>/discard", importing.discard, name="graduates-discard"),
    path("graduates/people/<uuid:graduate_id>", person.graduate, name="graduate"),
    path("graduates/people/<uuid:graduate_id>/move", person.move, name="graduate-move"),
    path("graduates/people/<uuid:graduate_id>/take-off", person.take_off, name="graduate-take-off"),
]
