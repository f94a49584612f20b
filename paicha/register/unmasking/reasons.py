"""Why somebody sees numbers in full: a kind from a short list, and words. The log has the kind alone, since words
may hold what it must not; they are sealed (models.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

LONGEST = 200


class Why(models.IntegerChoices):
    VERIFY = 1, "核实本人身份"
    CONTACT = 2, "与本人联系"
    DUPLICATE = 3, "核对重复登记"
    TRANSFER = 4, "办理组织关系转接"
    OTHER = 5, "其他工作需要"


@dataclass(slots=True)
class ReasonForm:
    """As sent; `faults`: field → what is wrong and what to do."""

    why: str = ""
    words: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> list[Why]:
        return list(Why)

    @property
    def chosen(self) -> Why | None:
        return next((why for why in Why if str(why.value) == self.why), None)


def reason_form(posted: Mapping[str, str]) -> ReasonForm:
    form = ReasonForm(posted.get("why", ""), posted.get("words", "").strip()[:LONGEST])
    if form.chosen is None:
        form.faults["why"] = "请选择原因"
    if not form.words:
        form.faults["words"] = "请简要写明用途，如 电话核实报到情况"
    return form
