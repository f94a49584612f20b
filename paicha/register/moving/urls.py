from django.urls import path

from paicha.register.moving import views

urlpatterns = [
    path("branches/<uuid:branch_id>/move", views.branch, name="move-branch"),
    path("entries/<uuid:entry_id>/move", views.entry, name="move-entry"),
]
