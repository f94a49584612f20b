from django.urls import path

from paicha.register.sheet import views

urlpatterns = [
    path("branches/<uuid:branch_id>/sheet", views.sheet, name="sheet"),
    path("branches/<uuid:branch_id>/sheet/rows", views.save, name="sheet-save"),
    path("branches/<uuid:branch_id>/sheet/undo", views.undo, name="sheet-undo"),
]
