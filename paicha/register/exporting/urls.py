from django.urls import path

from paicha.register.exporting import views

urlpatterns = [
    path("branches/<uuid:branch_id>/annex1", views.annex1, name="annex1"),
    path("overview/annex1-all", views.annex1_all, name="annex1-all"),
]
