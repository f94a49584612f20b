from django.urls import include, path

from paicha.register import views

urlpatterns = [
    path("", include("paicha.register.importing.urls")),
    path("", include("paicha.register.contacts.urls")),
    path("", include("paicha.register.unmasking.urls")),
    path("", include("paicha.register.figures.urls")),
    path("", include("paicha.register.roster.urls")),
    path("", include("paicha.register.sheet.urls")),
    path("", include("paicha.register.exporting.urls")),
    path("", include("paicha.register.moving.urls")),
    path("", include("paicha.register.duplicates.urls")),
    path("branches/<uuid:branch_id>/register", views.register, name="register"),
    path("branches/<uuid:branch_id>/register/new", views.add, name="entry-add"),
    path("entries/<uuid:entry_id>/close", views.close, name="entry-close"),
]
