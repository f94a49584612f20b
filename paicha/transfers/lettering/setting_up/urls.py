from django.urls import path

from paicha.transfers.lettering.setting_up import views

urlpatterns = [
    path("letters/origin", views.origin, name="letter-origin"),
    path("letters/template", views.template, name="letter-template"),
    path("letters/template/file", views.file, name="letter-template-file"),
    path("letters/template/built-in", views.built_in, name="letter-template-built-in"),
]
