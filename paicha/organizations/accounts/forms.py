"""Forms of the account pages."""

from typing import Any
from uuid import UUID

from django import forms

from paicha.organizations.accounts.services import misplaced
from paicha.organizations.permissions import Role
from paicha.organizations.tree import Tree

ROWS = 3  # roles that one invitation can give; more are granted on the account's page


def places(tree: Tree) -> list[tuple[str, str]]:
    """The choices of an organization, indented as the tree is."""
    root = tree.root
    return [(str(node.id), "　" * tree.depth(node.id) + node.name) for node in tree.walk(root.id)] if root else []


class RoleForm(forms.Form):
    """A role at an organization."""

    role = forms.TypedChoiceField(
        label="角色",
        choices=[("", "请选择"), *Role.choices],
        coerce=lambda value: Role(int(value)),
        empty_value=None,
        error_messages={"required": "请选择角色"},
    )
    organization = forms.TypedChoiceField(
        label="在哪个组织", coerce=UUID, empty_value=None, error_messages={"required": "请选择在哪个组织"}
    )

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tree = tree
        chosen = self.fields["organization"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  for the type checker
        chosen.choices = [("", "请选择"), *places(tree)]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("role") and data.get("organization"):
            problem = misplaced(self._tree, data["role"], data["organization"])
            if problem:
                self.add_error("organization", problem)
        return data


class InviteForm(forms.Form):
    """A person's name and login name; the roles are `ROWS` forms beside it."""

    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名"})
    username = forms.RegexField(
        label="登录名",
        regex=r"^[A-Za-z0-9._-]{2,40}$",
        help_text="字母、数字，2到40位；不要用身份证号或手机号",
        error_messages={
            "required": "请填写登录名",
            "invalid": "登录名只用字母、数字和 . _ -，2到40位",
        },
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if username.isdigit() and len(username) >= 11:
            raise forms.ValidationError("登录名会写进操作记录，不要用手机号或身份证号")
        return username


class RoleRows:
    """The roles of an invitation: as many as were filled in."""

    def __init__(self, tree: Tree, data: Any = None) -> None:
        self.forms = [
            RoleForm(tree, data, prefix=f"r{n}", empty_permitted=True, use_required_attribute=False)
            for n in range(ROWS)
        ]

    def is_valid(self) -> bool:
        faults = [form for form in self.forms if not form.is_valid()]  # each is asked: each tells its faults
        return not faults

    @property
    def roles(self) -> list[tuple[Role, UUID]]:
        return [(f.cleaned_data["role"], f.cleaned_data["organization"]) for f in self.forms if f.has_changed()]


class TwicePasswordForm(forms.Form):
    """A new password, twice; whether it is strong enough the service says."""

    new = forms.CharField(
        label="新密码",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="至少10位，不要只用数字，也不要用姓名、登录名",
        error_messages={"required": "请填写新密码"},
    )
    again = forms.CharField(
        label="再输一遍新密码",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "请再输一遍新密码"},
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两遍输入的密码不一样")
        return data


class ChangePasswordForm(TwicePasswordForm):
    """The present password, and a new one twice."""

    old = forms.CharField(
        label="现在的密码",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "请填写现在的密码"},
    )
    field_order = ("old", "new", "again")
