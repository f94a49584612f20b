"""Tokens of one-time links. Nobody is signed in who opens one, and row-level security shows such a session nothing: so
a token begins with the committee for which its secret is to be looked up. The committee's id is no secret."""

import base64
import binascii
import secrets
from uuid import UUID

ID_BYTES, SECRET_BYTES = 16, 32


def new_token(committee_id: UUID) -> str:
    """64 characters fit for an address."""
    return base64.urlsafe_b64encode(committee_id.bytes + secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def committee_of(token: str) -> UUID | None:
    """The committee that a token names; None for what is no token of ours."""
    try:
        data = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=data[:ID_BYTES]) if len(data) == ID_BYTES + SECRET_BYTES else None
