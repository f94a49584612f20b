from django.urls import path

from paicha.desk.progress import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/progress", views.progress, name="campaign-progress"),
]
