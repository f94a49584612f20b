"""Addresses of members who stand on no register; their receipts are the desk's, since campaigns stand above."""

from django.urls import path

from paicha.transfers.off_register import views

MEMBER = "branches/<uuid:branch_id>/members/<uuid:member_id>"
urlpatterns = [
    path(f"{MEMBER}/transfer", views.transfer, name="member-transfer"),
    path(f"{MEMBER}/transfer/move", views.move, name="member-transfer-move"),
    path(f"{MEMBER}/letter", views.letter, name="member-letter"),
]
