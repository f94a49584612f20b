from django.urls import include, path

from paicha.organizations import views
from paicha.organizations.factors import views as factors
from paicha.organizations.listing import views as listing

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/code", factors.code, name="sign-in-code"),
    path("sign-out", views.SignOut.as_view(), name="sign-out"),
    path("second-factor", factors.second_factor, name="second-factor"),
    path("organizations/list", listing.send, name="branch-list"),
    path("organizations/list/apply", listing.apply, name="branch-list-apply"),
    path("", include("paicha.organizations.accounts.urls")),
    path("", include("paicha.organizations.structure.urls")),
]
