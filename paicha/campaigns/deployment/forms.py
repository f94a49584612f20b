"""Forms of deployment: as typed, faults in words, nothing typed is lost."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from paicha.campaigns.deployment.drafting import SECTIONS
from paicha.campaigns.deployment.models import Paper, Phase
from paicha.campaigns.deployment.services import Terms
from paicha.campaigns.kept import LARGEST
from paicha.domain.settings import default_deadline
from paicha.organizations.tree import Node

LONGEST_TEXT = 4000
NOTICE_KINDS = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".jpg", ".jpeg", ".png", ".txt")


def day_field(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": "请填写日期，如 2023-12-15", "invalid": "日期要写成 2023-12-15 这样"},
    )


class NoticeField(forms.FileField):
    """A notice as offices have them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        notice = super().clean(data, initial)
        if notice and notice.size > LARGEST:
            raise forms.ValidationError("通知文件超过10 MB，请压缩后再传")
        if notice and not notice.name.lower().endswith(NOTICE_KINDS):
            raise forms.ValidationError("通知文件请用PDF、Word、OFD或图片")
        return notice


class DeployForm(forms.Form):
    """What a campaign sets. The days of the notice (三) are offered; each can be another."""

    name = forms.CharField(label="名称", max_length=80, error_messages={"required": "请填写名称"})
    begins_on = day_field("开始日期", "从这一天起收到的转接回执计入附件2的Y项")
    deploy_by = day_field("安排部署截止")
    check_by = day_field("开展排查截止")
    report_by = day_field("报告情况截止", "过了这一天上报的，记为逾期")
    as_of = day_field("年龄计算截止日", "一般和报告截止日相同")
    papers = forms.TypedMultipleChoiceField(
        label="各党支部要交的",
        coerce=lambda value: Paper(int(value)),
        choices=Paper.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=Paper.values,
        error_messages={"required": "请至少选附件1和附件2"},
    )
    notice = NoticeField(label="通知文件", required=False, help_text="可以不传；PDF、Word、OFD或图片，不超过10 MB")
    looked_before = forms.MultipleChoiceField(
        label="此前已开展过排查、这次“回头看”的党支部", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, branches: Iterable[Node], *args: Any, today: date, **kwargs: Any) -> None:
        deadline = default_deadline(today)
        deadline = deadline if deadline >= today else date(today.year, 12, 15)
        report_by = max(deadline, today)
        kwargs["initial"] = {
            "name": f"{deadline.year}年流动党员组织关系集中排查",
            "begins_on": today,
            "deploy_by": max(today, date(deadline.year, 11, 30)),
            "check_by": max(today, report_by - timedelta(days=5)),
            "report_by": report_by,
            "as_of": deadline,
        }
        super().__init__(*args, **kwargs)
        self.fields["looked_before"].choices = [(str(node.id), node.name) for node in branches]  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        days = {name: data[name] for name in ("begins_on", "deploy_by", "check_by", "report_by", "as_of")}
        return Terms(name=data["name"].strip(), papers=data["papers"], **days)

    @property
    def looked(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["looked_before"]]


class MoveForm(forms.Form):
    """Another last day for a phase."""

    phase = forms.TypedChoiceField(label="哪一步", coerce=lambda value: Phase(int(value)), choices=Phase.choices)
    to = day_field("改到")
    reason = forms.CharField(
        label="原因", max_length=200, help_text="各党支部都会看到", error_messages={"required": "请写明为什么调整"}
    )


class NoticeForm(forms.Form):
    """The notice, where it is attached later."""

    notice = NoticeField(
        label="通知文件",
        help_text="PDF、Word、OFD或图片，不超过10 MB",
        error_messages={"required": "请先选通知文件", "empty": "这个文件是空的"},
    )


class TakeInForm(forms.Form):
    """Branches that take part as well."""

    branches = forms.MultipleChoiceField(label="要补入的党支部", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, branches: Iterable[Node], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branches"].choices = [(str(node.id), node.name) for node in branches]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["branches"]]


class PlanForm(forms.Form):
    """The four sections of a work plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, heading in SECTIONS.items():
            self.fields[name] = forms.CharField(
                label=heading,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea({"rows": 6}),
                error_messages={"required": "这一部分不能空着"},
            )
