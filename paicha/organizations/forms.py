"""Forms of the account pages."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Login name and password."""

    error_messages = {  # noqa: RUF012  Django's own form declares it so
        "invalid_login": "登录名或密码不对。连续输错 5 次，这个登录名要等 15 分钟才能再试。",
        "inactive": "这个账号已停用，请联系系统管理员。",
    }
    username = forms.CharField(
        label="登录名",
        max_length=40,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "username"}),
        error_messages={"required": "请填写登录名"},
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "请填写密码"},
    )
