"""What a password must be, beside Django's own rules."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Django's rule; its message has no Chinese translation in 5.2."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要{self.min_length}位。"

    def get_help_text(self) -> str:
        return f"密码至少{self.min_length}位。"
