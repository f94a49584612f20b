from django.urls import path

from paicha.campaigns.supervision.visiting import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/visits", views.all_, name="campaign-visits"),
    path("visits/<uuid:visit_id>/settle", views.settle, name="visit-settle"),
]
