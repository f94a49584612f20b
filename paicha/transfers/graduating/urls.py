"""Addresses of graduates; a cohort's own page and the receipts are the desk's, since campaigns stand above."""

from django.urls import path

from paicha.transfers.graduating import exporting, views
from paicha.transfers.graduating.importing import views as importing

urlpatterns = [
    path("", views.graduates, name="graduates"),
    path("/<uuid:cohort_id>/list.xlsx", exporting.workbook, name="cohort-workbook"),
    path("/<uuid:cohort_id>/send", importing.send, name="cohort-send"),
    path("/uploads/<uuid:upload_id>", importing.preview, name="graduates-upload"),
    path("/uploads/<uuid:upload_id>/columns", importing.columns, name="graduates-columns"),
    path("/uploads/<uuid:upload_id>/apply", importing.apply, name="graduates-apply"),
    path("/uploads/<uuid:upload_id>/undo", importing.undo, name="graduates-undo"),
    path("/uploads/<uuid:upload_id>/discard", importing.discard, name="graduates-discard"),
    path("/people/<uuid:graduate_id>", views.graduate, name="graduate"),
    path("/people/<uuid:graduate_id>/move", views.move, name="graduate-move"),
    path("/people/<uuid:graduate_id>/take-off", views.take_off, name="graduate-take-off"),
]
