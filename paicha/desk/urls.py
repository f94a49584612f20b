from django.urls import path

from paicha.desk import views

urlpatterns = [path("", views.home, name="home")]
