"""The second step of signing in, and setting up an authenticator."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from paicha.organizations.access import scope_of
from paicha.organizations.factors import codes
from paicha.organizations.factors.selectors import has_second_factor, recovery_codes_left, requires_second_factor
from paicha.organizations.factors.services import set_up, take_code
from paicha.organizations.factors.waiting import forget, is_locked_out, refuse, waiting
from paicha.organizations.middleware import MUST_SET_UP
from paicha.organizations.services import Unfit, record_sign_in

BACKEND = "paicha.organizations.signin.Backend"
UNFIT = 422


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Six digits after the password: only now is the person signed in."""
    found = waiting(request)
    if found is None:
        return redirect("sign-in")
    user, onward = found
    if is_locked_out(request, user):
        return render(request, "organizations/locked_out.html", status=429)
    if request.method != "POST":
        return render(request, "organizations/factors/code.html")
    if not take_code(user=user, code=request.POST.get("code", "")[:40], now=timezone.now()):
        refuse(request, user)
        return render(request, "organizations/factors/code.html", {"wrong": True}, status=UNFIT)
    forget(request)
    login(request, user, backend=BACKEND)
    record_sign_in(user=user)
    return redirect(onward)


@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator. The secret is in the page, sealed, until its first code is right."""
    user = scope_of(request).user
    if has_second_factor(user):
        return render(request, "organizations/factors/standing.html", {"left": recovery_codes_left(user)})
    posted = codes.open_secret(request.POST.get("sealed", ""), user.id) if request.method == "POST" else None
    secret = posted or codes.new_secret()
    problem = ""
    if posted:
        try:
            kept = set_up(user=user, secret=posted, code=request.POST.get("code", "")[:20], now=timezone.now())
            request.session.pop(MUST_SET_UP, None)
            return render(request, "organizations/factors/codes.html", {"codes": kept})
        except Unfit as unfit:
            problem = str(unfit)
    context = {
        "sealed": codes.seal_secret(secret, user.id),
        "secret": secret,
        "qr": codes.qr_code(secret, user.username),
        "required": requires_second_factor(user.committee_id),
        "problem": problem,
    }
    return render(request, "organizations/factors/set_up.html", context, status=UNFIT if problem else 200)
