"""What is to be done today: facts that the apps below tell, in the words of the day. Each source is named in `SOURCES`;
one that has nothing to say gives nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from paicha.campaigns.consulting.selectors import waiting
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units, confirmed_plans, moves_of, running
from paicha.campaigns.reporting.selectors import newest_of
from paicha.campaigns.reporting.services import OPEN
from paicha.campaigns.review.selectors import waiting_reports
from paicha.campaigns.steps import steps_of
from paicha.campaigns.supervision.chasing.selectors import in_vain, is_named, may_chase, unanswered
from paicha.campaigns.updating.selectors import updates_of
from paicha.desk.overview import Line
from paicha.domain.settings import default_deadline
from paicha.intake.models import Upload
from paicha.intake.selectors import undecided
from paicha.organizations.access import Scope
from paicha.organizations.accounts.selectors import never_joined
from paicha.organizations.permissions import Permission
from paicha.register.contacts.selectors import MOST, overdue
from paicha.register.moving.selectors import people_of
from paicha.web.days import days_until

NEWEST = 5  # senders of uploads that are named
TOLD = timedelta(days=14)  # how long a last day that was moved is told
SOON = timedelta(days=60)  # before that nobody needs to hear of the report


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: `state` as a class of the style sheet, what it is, and where it is done."""

    state: str
    words: str
    url: str


Source = Callable[[Scope, Sequence[Line], date], Iterator[Todo]]


def todos(scope: Scope, lines: Sequence[Line], today: date) -> list[Todo]:
    """Everything for this person, gravest first within the order of `SOURCES`."""
    found = [todo for source in SOURCES for todo in source(scope, lines, today)]
    return sorted(found, key=lambda todo: ("error", "warning", "done").index(todo.state))


def _report(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """The report to the next level (notice 三.3)."""
    if running(scope.committee_id):
        return  # its own days are told by _campaign
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


def _stranded(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """People of branches that were merged, split up or closed."""
    if not scope.allows(Permission.ORGANIZATION_EDIT) or not scope.allows(Permission.REGISTER_VIEW):
        return
    for branch_id, people in people_of(scope.committee_id, list(scope.tree.former)).items():
        words = f"{people} 人还在已撤并的{scope.tree[branch_id].name}，请转到别的党支部"
        yield Todo("error", words, reverse("move-branch", args=[branch_id]))


def _uploads(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Files that nobody has decided on: a line for each branch that sent some, and one for the office's own."""
    everybody, mine = scope.allows(Permission.INTAKE_COLLECT), scope.branches(Permission.INTAKE_UPLOAD)
    waiting: dict[UUID | None, list[Upload]] = {}
    for upload in undecided(scope.committee_id, mine, timezone.now(), everybody=everybody):
        waiting.setdefault(upload.branch_id, []).append(upload)
    for branch_id, uploads in list(waiting.items())[:NEWEST]:
        whose = scope.tree[branch_id].name if branch_id else "收表"
        newest = f"{timezone.localtime(uploads[0].received_at):%m-%d} 上传的表格"
        if len(uploads) == 1:
            yield Todo("warning", f"{whose}：{newest}还没有写入台账", reverse("upload", args=[uploads[0].id]))
        else:
            url = reverse("branch-send", args=[branch_id]) if branch_id else reverse("send")
            yield Todo("warning", f"{whose}：有 {len(uploads)} 批上传的表格没有写入台账，也没有放弃", url)


def _accounts(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    if not scope.allows(Permission.ACCOUNT_MANAGE):
        return
    waiting = never_joined(scope.committee_id)
    if waiting:
        yield Todo("warning", f"{waiting} 个账号还没有设密码：请把一次性链接告诉本人，过期的重发", reverse("accounts"))


def _questions(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Questions of branches that wait for the office, 重大问题 first (notice 四.3)."""
    campaign = running(scope.committee_id)
    if campaign is None or not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    url = reverse("campaign-consultations", args=[campaign.id])
    for major, state, words in ((True, "error", "条重大问题等答复"), (False, "warning", "条请示等答复")):
        if count := waiting(scope.committee_id, major=major):
            yield Todo(state, f"{count} {words}", url)


def _reports(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Reports that wait for the office."""
    campaign = running(scope.committee_id)
    if campaign is None or not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    if count := waiting_reports(campaign):
        yield Todo("warning", f"{count} 份上报等审核", reverse("campaign-review", args=[campaign.id]))


def _campaign(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """What a branch has to do next in the campaign; an office sees how many branches are behind. A last day that was
    moved is told to both for two weeks, with the reason."""
    campaign = running(scope.committee_id)
    if campaign is None:
        return
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_CHECK))
    for move in moves_of(campaign) if units else ():
        if today - timezone.localtime(move.moved_at).date() <= TOLD:
            words = f"{move.get_phase_display()}的截止日改到 {move.after:%Y-%m-%d}：{move.reason}"
            yield Todo("warning", words, reverse("campaign", args=[campaign.id]))
    if len(units) == 1:
        step = next((step for step in steps_of(units[0], today) if step.state != "done"), None)
        if step:
            yield Todo(step.state, f"{campaign.name}：{step.words}", step.url)
    elif units:
        yield from _behind(campaign, units, today)


def _behind(campaign: Campaign, units: Sequence[CampaignUnit], today: date) -> Iterator[Todo]:
    """Branches without a confirmed plan, those that have not reported, those with updates that nobody has filed."""
    address = reverse("campaign", args=[campaign.id])
    sent = newest_of(campaign)
    missing = sum(unit.id not in sent or sent[unit.id].state in OPEN for unit in units)
    for count, what, last in (
        (len(units) - len(confirmed_plans(campaign)), "没有确认工作方案", campaign.deploy_by),
        (missing, "没有上报", campaign.report_by),
    ):
        if count:
            state = "error" if today > last else "warning"
            yield Todo(state, f"{count} 个党支部还{what}，{days_until(last, today)}", address)
    updated = sum(branch.unfiled > 0 for branch in updates_of(campaign, units)[0])
    if updated:
        words = f"{updated} 个党支部上报以后更新了台账，还没有备案"
        yield Todo("warning", words, reverse("campaign-updates", args=[campaign.id]))


def _chased(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """督办单 that a branch has to answer (notice 四.2); an office that chases is told by `_in_vain`."""
    campaign = running(scope.committee_id)
    if campaign is None or scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    for chasing in unanswered(campaign, branch_units(campaign, scope.branches(Permission.CAMPAIGN_CHECK))):
        state = "error" if today > chasing.answer_by else "warning"
        words = f"第 {chasing.n} 号督办单要办结并答复，{days_until(chasing.answer_by, today)}"
        yield Todo(state, words, reverse("chasing", args=[chasing.id]))


def _in_vain(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Branches that did not heed a 督办单: the head hears of those that were chased twice by name, the office how many
    can be chased again."""
    campaign = running(scope.committee_id)
    if campaign is None or not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    url = reverse("campaign-chase", args=[campaign.id])
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW))
    chasings = in_vain(campaign, units, today)
    for chasing in filter(is_named, chasings if scope.allows(Permission.CAMPAIGN_NAMED) else ()):
        yield Todo("error", f"{chasing.unit.name}连续督办 {chasing.turn} 次仍没有办结", url)
    if again := sum(may_chase(chasing, today) for chasing in chasings):
        yield Todo("warning", f"{again} 个党支部督办后没有答复或没有办结，可以再次督办", url)


SOURCES: tuple[Source, ...] = (
    _questions,
    _reports,
    _chased,
    _in_vain,
    _campaign,
    _faults,
    _stranded,
    _contacts,
    _report,
    _uploads,
    _accounts,
)
