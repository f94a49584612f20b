"""Signing in and out."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse

from paicha.organizations.forms import SignInForm
from paicha.organizations.models import User
from paicha.organizations.services import record_sign_in, record_sign_out


class SignIn(views.LoginView):
    template_name = "organizations/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_sign_in(user=form.get_user())
        return response


class SignOut(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            record_sign_out(user=request.user)
        return super().post(request, *args, **kwargs)
