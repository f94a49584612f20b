from django.urls import path

from paicha.transfers.urging import views

urlpatterns = [path("entries/<uuid:entry_id>/urge", views.urge, name="entry-urge")]
