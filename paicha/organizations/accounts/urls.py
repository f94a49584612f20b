from django.urls import path

from paicha.organizations.accounts import views

urlpatterns = [
    path("accounts", views.account_list, name="accounts"),
    path("accounts/invite", views.invite, name="account-invite"),
    path("accounts/sign-in-rule", views.rule, name="sign-in-rule"),
    path("accounts/<uuid:user_id>", views.one_account, name="account"),
    path("accounts/<uuid:user_id>/invite", views.reinvite, name="account-reinvite"),
    path("accounts/<uuid:user_id>/active", views.set_active, name="account-active"),
    path("accounts/<uuid:user_id>/grant", views.grant, name="account-grant"),
    path("accounts/<uuid:user_id>/revoke", views.revoke, name="account-revoke"),
    path("accounts/<uuid:user_id>/second-factor", views.reset_factor, name="account-factor-reset"),
    path("join/<str:token>", views.joining, name="join"),
    path("password", views.password, name="password"),
]
