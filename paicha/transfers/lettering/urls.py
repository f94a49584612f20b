from django.urls import include, path

from paicha.transfers.lettering import views

urlpatterns = [
    path("", include("paicha.transfers.lettering.setting_up.urls")),
    path("letters", views.letters, name="letters"),
    path("letters/<uuid:letter_id>", views.letter, name="letter"),
    path("letters/<uuid:letter_id>/print", views.printed, name="letter-print"),
    path("letters/<uuid:letter_id>/void", views.void, name="letter-void"),
    path("entries/<uuid:entry_id>/letter", views.issue, name="entry-letter"),
]
