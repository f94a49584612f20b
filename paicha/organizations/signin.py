"""Who may sign in: a login name and a password, nothing else."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from paicha.organizations.models import User


class Backend(BaseBackend):
    """Knows accounts by login name; as slow for a name that nobody has as for a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        user = User.objects.filter(username=username or "").first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password or "") and user.is_active else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
