from django.urls import include, path

from paicha.campaigns.checking import views

urlpatterns = [
    path("", include("paicha.campaigns.checking.coverage.urls")),
    path("", include("paicha.campaigns.checking.dimensions.urls")),
    path("", include("paicha.campaigns.checking.in_transit.urls")),
    path("units/<uuid:unit_id>/check", views.check, name="unit-check"),
    path("units/<uuid:unit_id>/check/<uuid:member_id>", views.member, name="unit-member"),
    path("units/<uuid:unit_id>/check/<uuid:member_id>/enter", views.enter, name="unit-enter"),
    path("units/<uuid:unit_id>/check/<uuid:member_id>/receipt", views.receipt, name="unit-receipt"),
]
