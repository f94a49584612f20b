"""Every address of the site. Each stands in tests/architecture/test_routes.py with the roles that may open it."""

from django.urls import include, path

from paicha.web import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("paicha.desk.urls")),
    path("", include("paicha.organizations.urls")),
    path("", include("paicha.register.urls")),
    path("", include("paicha.transfers.urls")),
    path("", include("paicha.campaigns.urls")),
]

handler400 = errors.not_understood
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.fault
