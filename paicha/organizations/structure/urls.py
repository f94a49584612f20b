from django.urls import path

from paicha.organizations.structure import views

urlpatterns = [
    path("organizations", views.tree, name="organizations"),
    path("organizations/add", views.add, name="organization-add"),
    path("organizations/merge", views.merge, name="organization-merge"),
    path("organizations/<uuid:organization_id>", views.one, name="organization"),
    path("organizations/<uuid:organization_id>/rename", views.rename, name="organization-rename"),
    path("organizations/<uuid:organization_id>/move", views.move, name="organization-move"),
    path("organizations/<uuid:organization_id>/split", views.split, name="organization-split"),
    path("organizations/<uuid:organization_id>/close", views.close, name="organization-close"),
]
