"""What the running campaigns ask of a person today. Each campaign and its units are read once for all `SOURCES`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from paicha.campaigns.consulting.selectors import waiting
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units, confirmed_plans, moves_of
from paicha.campaigns.education.coverage.selectors import lacking
from paicha.campaigns.reporting.selectors import newest_of
from paicha.campaigns.reporting.services import OPEN
from paicha.campaigns.review.selectors import waiting_reports
from paicha.campaigns.steps import EDUCATION, Step, next_of, steps_of
from paicha.campaigns.supervision.chasing.selectors import in_vain, is_named, may_chase, unanswered
from paicha.campaigns.updating.selectors import updates_of
from paicha.desk.item import Todo
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.web.days import days_until

TOLD = timedelta(days=14)  # how long a last day that was moved is told
Units = Sequence[CampaignUnit]
Source = Callable[[Scope, Campaign, Units, date], Iterator[Todo]]


def of_campaigns(scope: Scope, campaigns: Sequence[Campaign], today: date) -> Iterator[Todo]:
    """Everything of the newest; of those before it, by their names, what somebody waits for."""
    yield from of_campaign(scope, campaigns[0], today)
    for campaign in campaigns[1:]:
        units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_CHECK))
        for source in WAITED_FOR:
            for todo in source(scope, campaign, units, today):
                yield replace(todo, words=f"{campaign.name}：{todo.words}")


def of_campaign(scope: Scope, campaign: Campaign, today: date) -> Iterator[Todo]:
    """Everything of a campaign for this person, in the order of `SOURCES`."""
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_CHECK))
    for source in SOURCES:
        yield from source(scope, campaign, units, today)


def _questions(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """Questions of branches that wait for the office, 重大问题 first (notice 四.3)."""
    if not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    url = reverse("campaign-consultations", args=[campaign.id])
    for major, state, words in ((True, "error", "条重大问题等答复"), (False, "warning", "条请示等答复")):
        if count := waiting(campaign, major=major):
            yield Todo(state, f"{count} {words}", url)


def _reports(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """Reports that wait for the office."""
    if not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    if count := waiting_reports(campaign):
        yield Todo("warning", f"{count} 份上报等审核", reverse("campaign-review", args=[campaign.id]))


def _next(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """What a branch has to do next in the campaign; an office sees how many branches are behind. A last day that was
    moved is told to both for two weeks, with the reason."""
    for move in moves_of(campaign) if units else ():
        if today - timezone.localtime(move.moved_at).date() <= TOLD:
            words = f"{move.get_phase_display()}的截止日改到 {move.after:%Y-%m-%d}：{move.reason}"
            yield Todo("warning", words, reverse("campaign", args=[campaign.id]))
    if len(units) == 1:
        steps = steps_of(units[0], today)
        first = next_of(steps)
        for step in steps:
            if step is first or (step.title == EDUCATION and step.open):
                yield Todo(step.tag[0], f"{campaign.name}：{_told(step)}", step.url)
    elif units:
        yield from _behind(campaign, units, today)


def _told(step: Step) -> str:
    return f"{EDUCATION}，{step.words}" if step.title == EDUCATION else step.words


def _behind(campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
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
    if left := lacking(campaign, units, today):
        state = "error" if today > campaign.report_by else "warning"
        people, until = sum(left.values()), days_until(campaign.report_by, today)
        words = f"{len(left)} 个党支部还有 {people} 人没有参加主题教育，{until}"
        yield Todo(state, words, reverse("campaign-education", args=[campaign.id]))
    updated = sum(branch.unfiled > 0 for branch in updates_of(campaign, units, sent)[0])
    if updated:
        words = f"{updated} 个党支部上报以后更新了台账，还没有备案"
        yield Todo("warning", words, reverse("campaign-updates", args=[campaign.id]))


def _chased(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """督办单 that a branch has to answer (notice 四.2); an office that chases is told by `_in_vain`."""
    if scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    for chasing in unanswered(campaign, units):
        state = "error" if today > chasing.answer_by else "warning"
        words = f"第 {chasing.n} 号督办单要办结并答复，{days_until(chasing.answer_by, today)}"
        yield Todo(state, words, reverse("chasing", args=[chasing.id]))


def _in_vain(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """Branches that did not heed a 督办单: the head hears of those that were chased twice by name, the office how many
    can be chased again."""
    if not scope.allows(Permission.CAMPAIGN_REVIEW):
        return
    url = reverse("campaign-chase", args=[campaign.id])
    chasings = in_vain(campaign, units, today)
    for chasing in filter(is_named, chasings if scope.allows(Permission.CAMPAIGN_NAMED) else ()):
        yield Todo("error", f"{chasing.unit.name}连续督办 {chasing.turn} 次仍没有办结", url)
    if again := sum(may_chase(chasing, today) for chasing in chasings):
        yield Todo("warning", f"{again} 个党支部督办后没有答复或没有办结，可以再次督办", url)


def _returned(scope: Scope, campaign: Campaign, units: Units, today: date) -> Iterator[Todo]:
    """A report that came back to a branch."""
    if len(units) == 1:
        for step in steps_of(units[0], today):
            if step.state == "returned":
                yield Todo(step.tag[0], step.words, step.url)


WAITED_FOR: tuple[Source, ...] = (_questions, _reports, _chased, _in_vain, _returned)
SOURCES: tuple[Source, ...] = (_questions, _reports, _chased, _in_vain, _next)
