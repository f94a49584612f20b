"""Whose form it is, and which of a branch's forms count."""

from collections import defaultdict
from dataclasses import dataclass, field

from paicha.collation.collect import CheckedForm
from paicha.collation.faults import findings_of_sent
from paicha.domain.annex1 import Form
from paicha.domain.annex2 import SentStatistics
from paicha.domain.branches import BranchList, ListedBranch, branch_key
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.register import Person, superseded

MOST_ROWS = 10  # row numbers told in one question


class Assignment:
    """Forms and sheets by branch: by the list where there is one, else by the name in the head. Forms whose branch is
    unknown stand in `unassigned`; `probably` tells which listed branch such a file is likely to be from."""

    def __init__(self, listed: BranchList) -> None:
        self._listed = listed
        self.names: dict[str, str] = {}
        self.listed: dict[str, ListedBranch] = {}
        self.forms: dict[str, list[CheckedForm]] = defaultdict(list)
        self.sent: dict[str, list[SentStatistics]] = defaultdict(list)
        self.unassigned: list[CheckedForm] = []
        self.probably: dict[str, str] = {}

    def order(self) -> list[str]:
        """The branches that sent something, in the order of the office's list, else of the files."""
        return [key for b in self._listed if (key := branch_key(b.name)) in self.names] or list(self.names)

    def add_form(self, form: Form, people: list[Person], findings: list[Located]) -> None:
        place = Place(form.file, form.sheet, _row_of(form.head.branch_cell), form.head.branch_cell)
        key = self._key(form.head.branch, place, findings)
        (self.forms[key] if key else self.unassigned).append((form, people))

    def add_sent(self, sent: SentStatistics, findings: list[Located]) -> None:
        place = Place(sent.file, sent.sheet, _row_of(sent.branch_cell), sent.branch_cell)
        key = self._key(sent.branch, place, findings)
        if key:
            self.sent[key].append(sent)
        else:
            findings += findings_of_sent(sent)

    def _key(self, name: str, place: Place, findings: list[Located]) -> str:
        """The key of the branch that signs as `name`; "" and a finding where it is none of the list's."""
        listed = self._listed.match(name) if name else None
        if listed:
            key = branch_key(listed.name)
            self.listed[key] = listed
            self.names[key] = listed.name
            return key
        if name and not self._listed.branches:
            self.names.setdefault(branch_key(name), name)
            return branch_key(name)
        nearest = self._listed.nearest(name)
        if nearest:
            self.probably[nearest.name] = place.file
        message, suggestion = self._unknown(name, nearest)
        findings.append(Located(place, Finding(Code.BRANCH_UNKNOWN, message, suggestion, "党支部名称")))
        return ""

    def _unknown(self, name: str, nearest: ListedBranch | None) -> tuple[str, str]:
        """What is wrong with the branch's name in a head, and what to do; of a list of one branch, that sends its own,
        nobody is told to choose from a list."""
        if name and len(self._listed.branches) == 1:
            ours = self._listed.branches[0].name
            suggestion = f"请看是不是传错了文件；确是这个支部的表，请把党支部名称改成“{ours}”"
            return f"表里写的党支部是“{name}”，不是“{ours}”", suggestion
        message = f"“{name}”不在党支部名单中" if name else "没有填写党支部名称"
        return message, f"可能是“{nearest.name}”；请改成名单中的名称" if nearest else "请填写名单中的党支部名称"


def _row_of(cell: str) -> int:
    return int("".join(c for c in cell if c.isdigit()) or 0)


@dataclass(slots=True)
class Dropped:
    """The old versions of one branch: their (file, sheet), and what to ask about people who stand in them only."""

    places: list[tuple[str, str]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def drop_old_versions(by_branch: dict[str, list[CheckedForm]], findings: list[Located]) -> dict[str, Dropped]:
    """Leave in `by_branch` the forms that count, and say of each other one which form replaced it."""
    dropped: dict[str, Dropped] = defaultdict(Dropped)
    for key, forms_of in by_branch.items():
        old = superseded(forms_of)
        for index, replaced in old.items():
            newer = Place(replaced.newer.file, replaced.newer.sheet)
            message = f"这是旧版本，已由{newer}代替，没有计入"
            finding = Finding(Code.SUPERSEDED, message, "如这一份才是新的，请删去另一份再汇总")
            form = forms_of[index][0]
            findings.append(Located(Place(form.file, form.sheet), finding))
            dropped[key].places.append((form.file, form.sheet))
            if replaced.left_out:
                older = Place(form.file, form.sheet)
                rows = "、".join(str(person.row.number) for person in replaced.left_out[:MOST_ROWS])
                more = "等" if len(replaced.left_out) > MOST_ROWS else ""
                dropped[key].questions.append(
                    f"旧版本{older}有{len(replaced.left_out)}人不在{newer}里（第{rows}行{more}），没有计入；"
                    "仍在外流动的，请补进新表；两份本来就是两部分的，请合成一份。"
                )
        by_branch[key] = [checked for index, checked in enumerate(forms_of) if index not in old]
    return dropped
