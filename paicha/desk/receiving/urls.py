from django.urls import path

from paicha.desk.receiving import views

urlpatterns = [
    path("entries/<uuid:entry_id>/receipt", views.receipt, name="entry-receipt"),
    path("entries/<uuid:entry_id>/receipt/back", views.back, name="entry-receipt-back"),
]
