from django.urls import path

from paicha.register.duplicates import views

urlpatterns = [path("overview/duplicates", views.duplicates, name="duplicates")]
