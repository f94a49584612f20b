from django.urls import path

from paicha.desk.receiving import exported, views

MEMBER = "branches/<uuid:branch_id>/members/<uuid:member_id>"
urlpatterns = [
    path(f"{MEMBER}/receipt", views.member_receipt, name="member-receipt"),
    path(f"{MEMBER}/receipt/back", views.member_back, name="member-receipt-back"),
    path("entries/<uuid:entry_id>/receipt", views.receipt, name="entry-receipt"),
    path("entries/<uuid:entry_id>/receipt/back", views.back, name="entry-receipt-back"),
    path("transfers/exported/<uuid:upload_id>/apply", exported.apply, name="exported-apply"),
    path("transfers/exported/<uuid:upload_id>/undo", exported.undo, name="exported-undo"),
]
