"""What is to be done today: facts that the apps below tell, in the words of the day. Each source is named in `SOURCES`;
one that has nothing to say gives nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from paicha.campaigns.deployment.selectors import all_running
from paicha.desk.calling.selectors import calls_since
from paicha.desk.campaign import of_campaigns
from paicha.desk.item import Todo
from paicha.desk.overview import Line
from paicha.desk.uploads import uploads
from paicha.domain.settings import default_deadline
from paicha.organizations.access import Scope
from paicha.organizations.accounts.selectors import never_joined
from paicha.organizations.permissions import Permission
from paicha.register.contacts.selectors import MOST, overdue
from paicha.register.moving.selectors import people_of
from paicha.transfers.graduating.selectors import wanting
from paicha.transfers.reporting_in.listing import standing_of, to_urge
from paicha.transfers.tracking.selectors import late
from paicha.transfers.urging.selectors import to_call, unanswered
from paicha.web.days import days_until

SOON = timedelta(days=60)  # before that nobody needs to hear of the report


Source = Callable[[Scope, Sequence[Line], date], Iterator[Todo]]


def todos(scope: Scope, lines: Sequence[Line], today: date) -> list[Todo]:
    """Everything for this person, gravest first: of the campaign, or of the report where none runs, then in the order
    of `SOURCES`."""
    campaigns = all_running(scope.committee_id)
    found = list(of_campaigns(scope, campaigns, today) if campaigns else _report(lines, today))
    found += [todo for source in SOURCES for todo in source(scope, lines, today)]
    return sorted(found, key=lambda todo: ("error", "warning", "done").index(todo.state))


def _report(lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """The report to the next level (notice 三.3)."""
    deadline = default_deadline(today)
    if lines and timedelta(0) <= deadline - today <= SOON:
        url = reverse("annex2", args=[lines[0].branch.id]) if len(lines) == 1 else reverse("overview")
        yield Todo("warning", f"上报附件1、附件2：{days_until(deadline, today)}", url)


def _faults(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    errors, warnings = sum(line.errors for line in lines), sum(line.warnings for line in lines)
    for state, what, count, word in (("error", "errors", errors, "错误"), ("warning", "warnings", warnings, "提醒")):
        faulty = [line for line in lines if line.shows(what)]
        if len(faulty) == 1:
            words, url = f"{faulty[0].branch.name}有 {count} 处{word}", reverse("register", args=[faulty[0].branch.id])
            yield Todo(state, words, url)
        elif faulty:
            url = f"{reverse('overview')}?{urlencode({'show': what})}"
            yield Todo(state, f"{len(faulty)} 个党支部有 {count} 处{word}", url)


def _contacts(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    mine = scope.branches(Permission.REGISTER_EDIT)
    if not mine:
        return
    found = overdue(scope.committee_id, mine, today)
    late = sum(person.days_left < 0 for person in found.people)
    more = f"{MOST} 人以上" if found.more else ""
    if late:
        yield Todo("error", f"{more or f'{late} 人'}该联系而没有联系", reverse("follow-ups"))
    elif found.people:
        yield Todo("warning", f"{more or f'{len(found.people)} 人'}两周内要联系", reverse("follow-ups"))


def _calls(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Whom a branch is to call about transferring; an office would open too many entries for it."""
    mine = scope.branches(Permission.REGISTER_EDIT) & {node.id for node in scope.tree.branches()}
    if len(mine) != 1:
        return
    people, _ = to_call(scope.committee_id, mine, calls_since(scope.committee_id, today), today)
    if must := sum(one.must for one in people):
        yield Todo("warning", f"{must} 人应当督促转移组织关系，请打电话", reverse("urging"))
    if unasked := unanswered(scope.committee_id, mine).count():
        words = f"{unasked} 人还没有回答转移建议的问题：回答了才知道该督促转移，还是督促报到"
        yield Todo("warning", words, f"{reverse('urging')}#unanswered")


def _report_ins(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Whom a branch is to urge to report in and has not reached about it yet, and of whom something is missing."""
    mine = scope.branches(Permission.REGISTER_EDIT) & {node.id for node in scope.tree.branches()}
    if len(mine) != 1:
        return
    page = reverse("report-ins")
    people, _ = to_urge(scope.committee_id, mine, calls_since(scope.committee_id, today), today)
    if waiting := sum(not line.reached for line in people):
        yield Todo("warning", f"{waiting} 人该督促报到，请打电话", f"{page}?show=urge")
    if incomplete := standing_of(scope.committee_id, mine).number["incomplete"]:
        words = f"{incomplete} 人的报到要补齐：从什么时候起、凭什么知道"
        yield Todo("warning", words, f"{page}?show=incomplete")


def _transfers(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Receipts that are overdue, letters that have expired."""
    if count := late(scope.committee_id, scope.branches(Permission.REGISTER_EDIT), today):
        url = f"{reverse('transfers')}?show=late"
        yield Todo("error", f"{count} 人的转接逾期没有回执，请催要或重新开具", url)


def _graduates(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Graduates of whom nobody knows where they go, or whom nobody looks after (notice 二.2)."""
    for cohort in wanting(scope.committee_id, scope.branches(Permission.REGISTER_EDIT)):
        told = ((cohort.unsettled, "没有去向"), (cohort.unattended, "没人负责"))
        words = "，".join(f"{people} 人{what}" for people, what in told if people)
        url = (
            f"{reverse('cohort', args=[cohort.cohort_id])}?show={'destination' if cohort.unsettled else 'responsible'}"
        )
        yield Todo("warning", f"{cohort.name}毕业生有 {words}", url)


def _stranded(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """People of branches that were merged, split up or closed."""
    if not scope.allows(Permission.ORGANIZATION_EDIT) or not scope.allows(Permission.REGISTER_VIEW):
        return
    for branch_id, people in people_of(scope.committee_id, list(scope.tree.former)).items():
        words = f"{people} 人还在已撤并的{scope.tree[branch_id].name}，请转到别的党支部"
        yield Todo("error", words, reverse("move-branch", args=[branch_id]))


def _accounts(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    if not scope.allows(Permission.ACCOUNT_MANAGE):
        return
    waiting = never_joined(scope.committee_id)
    if waiting:
        yield Todo("warning", f"{waiting} 个账号还没有设密码：请把一次性链接告诉本人，过期的重发", reverse("accounts"))


SOURCES: tuple[Source, ...] = (
    *(_faults, _stranded, _transfers, _graduates),
    *(_contacts, _calls, _report_ins, uploads, _accounts),
)
