"""The second factor at sign-in: six digits from an authenticator (RFC 6238), see docs/decisions/0006."""
