from django.urls import path

from paicha.campaigns.checking import views

urlpatterns = [
    path("units/<uuid:unit_id>/check", views.check, name="unit-check"),
    path("units/<uuid:unit_id>/check/<uuid:member_id>", views.member, name="unit-member"),
    path("units/<uuid:unit_id>/check/<uuid:member_id>/receipt", views.receipt, name="unit-receipt"),
]
