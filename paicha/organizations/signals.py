"""What signing in sets off: a session gets its end; failures and lock-outs become events of the audit."""

from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from paicha.audit.events import Event
from paicha.organizations.middleware import UNTIL
from paicha.organizations.services import record_refused_sign_in


def connect() -> None:
    """Axes is connected before us, so that a failure that locks out is known as one here."""
    user_logged_in.connect(_signed_in, dispatch_uid="session-ends")
    user_login_failed.connect(_failed, dispatch_uid="sign-in-failed")
    user_locked_out.connect(_locked_out, dispatch_uid="locked-out")


def _signed_in(sender: object, request: HttpRequest, **_: Any) -> None:
    """The end of the session stands in it: a session that is written to would else live on."""
    request.session[UNTIL] = timezone.now().timestamp() + settings.SESSION_HOURS * 3600


def _failed(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A failure while locked out is no news: who knocks a thousand times would fill the audit."""
    if not getattr(request, "axes_locked_out", False):
        record_refused_sign_in(event=Event.SIGN_IN_FAILED, username=str(credentials.get("username") or ""))


def _locked_out(sender: object, request: HttpRequest, username: str | None = None, **_: Any) -> None:
    """Axes tells each later try too: the one that locked has counted its failures."""
    if getattr(request, "axes_failures_since_start", None):
        record_refused_sign_in(event=Event.LOCKED_OUT, username=username or "")
