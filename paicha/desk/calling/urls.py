from django.urls import path

from paicha.desk.calling import views

urlpatterns = [path("urging", views.urging, name="urging")]
