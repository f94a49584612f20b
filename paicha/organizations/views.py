"""Signing in and out."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from paicha.organizations.factors.selectors import has_second_factor, requires_second_factor
from paicha.organizations.factors.waiting import wait
from paicha.organizations.forms import SignInForm
from paicha.organizations.middleware import MUST_SET_UP
from paicha.organizations.models import User
from paicha.organizations.services import record_sign_in, record_sign_out


class SignIn(views.LoginView):
    template_name = "organizations/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """The password was right: signed in, or on to the code of who has an authenticator."""
        user = form.get_user()
        if has_second_factor(user):
            wait(self.request, user, self.get_success_url())
            return redirect("sign-in-code")
        response = super().form_valid(form)
        record_sign_in(user=user)
        if requires_second_factor(user.committee_id):
            self.request.session[MUST_SET_UP] = True
            return redirect("second-factor")
        return response


class SignOut(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            record_sign_out(user=request.user)
        return super().post(request, *args, **kwargs)
