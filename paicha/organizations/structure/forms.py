"""Forms of the tree's pages. A phone left as its mask is the phone that stood there."""

import re
from typing import Any
from uuid import UUID

from django import forms

from paicha.domain.divisions import find_home
from paicha.domain.gazetteer import find_division
from paicha.domain.masking import mask_phone
from paicha.organizations.accounts.forms import places
from paicha.organizations.models import Kind, Organization
from paicha.organizations.structure.naming import may_stand
from paicha.organizations.structure.services import Details
from paicha.organizations.tree import Node, Tree

_SEPARATOR = re.compile(r"[、，,;；\n]")
LONGEST = 120


class NameForm(forms.Form):
    """One name."""

    name = forms.CharField(label="名称", max_length=LONGEST, error_messages={"required": "请填写名称"})

    def clean_name(self) -> str:
        return "".join(str(self.cleaned_data["name"]).split())


class DetailsForm(forms.Form):
    """What of an organization has no history."""

    sector = forms.CharField(label="领域", max_length=40, required=False, help_text="如 机关、学校、国有企业")
    leader = forms.CharField(label="负责人姓名及职务", max_length=80, required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    home = forms.CharField(
        label="所在地", max_length=40, required=False, help_text="市州或县，如 武汉市；和上级一样的不用填"
    )
    aliases = forms.CharField(
        label="别名",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="每行一个，或用顿号隔开。表上写这些名称，也认作这个组织",
    )

    def __init__(self, *args: Any, known: Organization | None = None, **kwargs: Any) -> None:
        if known:
            kwargs["initial"] = _shown(known)
        super().__init__(*args, **kwargs)
        self._known = known

    def clean_home(self) -> str:
        text = str(self.cleaned_data["home"])
        try:
            return find_home(text).code if text else ""
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        kept = str(self._known.phone) if self._known else ""
        return kept if kept and phone == mask_phone(kept) else phone

    @property
    def details(self) -> Details:
        data = self.cleaned_data
        aliases = ("".join(part.split()) for part in _SEPARATOR.split(data["aliases"]))
        kept = tuple(dict.fromkeys(alias for alias in aliases if alias))
        return Details(data["sector"], data["leader"], data["phone"], data["home"], kept)


def _shown(known: Organization) -> dict[str, str]:
    home = find_division(known.home_code) if known.home_code else None
    return {
        "sector": known.sector,
        "leader": known.leader,
        "phone": mask_phone(known.phone),
        "home": home.name if home else known.home_code,
        "aliases": "\n".join(known.aliases),
    }


class AddForm(NameForm, DetailsForm):
    """A new organization and where it belongs."""

    kind = forms.TypedChoiceField(
        label="级别",
        choices=[(kind.value, kind.label) for kind in reversed(Kind)],
        coerce=lambda value: Kind(int(value)),
    )
    parent = forms.TypedChoiceField(label="上级", coerce=UUID, error_messages={"required": "请选择上级"})
    field_order = ("name", "kind", "parent", "leader", "phone", "sector", "home", "aliases")

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", [choice for choice in places(tree) if tree[UUID(choice[0])].kind is not Kind.BRANCH])


class MoveForm(forms.Form):
    """Where an organization is to belong."""

    parent = forms.TypedChoiceField(label="调整到", coerce=UUID, error_messages={"required": "请选择调整到哪里"})

    def __init__(self, tree: Tree, node: Node, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = tree.within(node.id)
        fit = [
            choice
            for choice in places(tree)
            if may_stand(tree[UUID(choice[0])].kind, node.kind) and UUID(choice[0]) not in within
        ]
        _offer(self, "parent", fit)


class MergeForm(forms.Form):
    """Which organizations become one."""

    sources = forms.TypedMultipleChoiceField(
        label="合并这些组织",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "请选择要合并的组织"},
    )
    into = forms.TypedChoiceField(label="合并到现有的组织", coerce=UUID, required=False, empty_value=None)
    name = forms.CharField(label="或者合并成新组织，名称是", max_length=LONGEST, required=False)

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root = tree.root
        choices = [choice for choice in places(tree) if root and choice[0] != str(root.id)]
        _offer(self, "sources", choices)
        _offer(self, "into", [("", "不选，填新名称"), *choices])

    def clean_name(self) -> str:
        return "".join(str(self.cleaned_data["name"]).split())


class SplitForm(forms.Form):
    """The names of what an organization is divided into."""

    names = forms.CharField(
        label="拆分出来的组织",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="每行一个名称",
        error_messages={"required": "请填写拆分出来的组织名称，每行一个"},
    )
    ends = forms.BooleanField(label="原组织同时撤销", required=False)

    @property
    def lines(self) -> list[str]:
        return [name for line in self.cleaned_data["names"].splitlines() if (name := "".join(line.split())[:LONGEST])]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    field.choices = choices
