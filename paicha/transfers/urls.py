from django.urls import include, path

from paicha.transfers import views

urlpatterns = [
    path("", include("paicha.transfers.exported.urls")),
    path("", include("paicha.transfers.urging.urls")),
    path("", include("paicha.transfers.lettering.urls")),
    path("", include("paicha.transfers.off_register.urls")),
    path("", include("paicha.transfers.reporting_in.urls")),
    path("", include("paicha.transfers.graduating.urls")),
    path("entries/<uuid:entry_id>/transfer", views.transfer, name="entry-transfer"),
    path("entries/<uuid:entry_id>/transfer/facts", views.facts, name="entry-transfer-facts"),
    path("entries/<uuid:entry_id>/transfer/advice", views.overrule, name="entry-transfer-advice"),
    path("entries/<uuid:entry_id>/transfer/move", views.move, name="entry-transfer-move"),
    path("transfers", views.transfers, name="transfers"),
]
