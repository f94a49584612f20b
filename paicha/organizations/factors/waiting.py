"""Between password and code: who is waiting, for ten minutes at most, in a session in which nobody is signed in.

A wrong code counts as a wrong password does, in the same table, and locks the login name out as that does."""

from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from paicha.organizations.models import User

KEY = "waiting_for_code"
MINUTES = 10


def wait(request: HttpRequest, user: User, onward: str) -> None:
    """The password was right; `onward`: where to go once the code is."""
    request.session.cycle_key()
    until = timezone.now() + timedelta(minutes=MINUTES)
    # The password's own hash is with it: a password set anew meanwhile ends the waiting.
    request.session[KEY] = [str(user.id), user.get_session_auth_hash(), until.timestamp(), onward]


def waiting(request: HttpRequest) -> tuple[User, str] | None:
    """Whose code is awaited, and where they were going; None where nobody's is, or no longer."""
    kept = request.session.get(KEY)
    if not kept or timezone.now().timestamp() > kept[2]:
        return None
    user = User.objects.filter(pk=kept[0], is_active=True).first()
    return (user, kept[3]) if user and user.get_session_auth_hash() == kept[1] else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def refuse(request: HttpRequest, user: User) -> None:
    """A code was wrong."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def is_locked_out(request: HttpRequest, user: User) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})
