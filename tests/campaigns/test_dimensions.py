"""七个维度: counted from stored facts of those decided to be away, held to memory; every figure opens its people."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection

from paicha.campaigns.checking.dimensions.selectors import UNKNOWN, away_of, behind, counted
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.domain.annex2 import facts_of, holds
from paicha.domain.check import Checker
from paicha.domain.dimensions import dimensions
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import Organization
from paicha.register.models import EntryVersion, RegisterEntry
from tests.campaigns.world import deployed, unit
from tests.college import RULES, College
from tests.world import COMPUTING, row

KINDS: tuple[dict[str, Any], ...] = (
    *({"joined": joined} for joined in ("194909", "194910", "197812", "201210", "201211", "202401", "")),
    *({"sex": sex} for sex in ("男", "女", "不明")),
    *({"birth": birth} for birth in ("198811", "196311", "202401", "")),
    *({"education": "大专", "reason": "快递员"}, {"education": "", "reason": ""}, {"residence": "美国"}),
)


def away(college: College, branch: Organization, ours: CampaignUnit, number: int, **cells: Any) -> RegisterEntry:
    """Somebody on a branch's register, decided to be away."""
    entry = college.add(branch, number, **cells)
    with college.at_work():
        verdict = Decision(Verdict.OUTFLOW, rule="通知 一")
        decide(actor=college.people["office"], unit_id=ours.id, member_id=entry.member_id, decision=verdict)
    return entry


def test_the_database_counts_every_dimension_as_memory_does(college: College) -> None:
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    for number, kind in enumerate(KINDS, 6):
        away(college, college.survey, ours, number, **kind)
    college.add(college.survey, 80)  # without a verdict
    checker = Checker(RULES)
    people = [facts_of(checker.check(row(number, **kind)), RULES) for number, kind in enumerate(KINDS, 6)]
    with college.at_work():
        entries = away_of(campaign, [ours])
        for counts in counted(entries, RULES):
            told = [sum(holds(band.figure, facts) for facts in people) for band in counts.view.bands]
            assert [n for _, n in counts.numbers] == told, counts.view.heading
            assert counts.unknown == len(KINDS) - sum(told)
            for band, n in (*((band.key, n) for band, n in counts.numbers), (UNKNOWN, counts.unknown)):
                assert behind(entries, counts.view, band).count() == n, (counts.view.heading, band)


def test_a_branch_sees_a_table_of_each_dimension_whose_figures_open_their_people(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    away(college, college.survey, ours, 6, name="张三", joined="200308")
    college.add(college.survey, 7, name="李四")
    browser = college.client("clerk")
    page = browser.get(f"/units/{ours.id}/dimensions").content.decode()
    assert "共 <strong>1</strong> 人" in page
    assert "台账上另有 <strong>1</strong> 人还没有结论" in page
    assert page.count('<figure class="chart"') == 6
    opened = re.search(r'党的十八大前</th><td class="number"><a href="([^"]+)">1</a>', page)
    assert opened
    people = browser.get(opened[1]).content.decode()
    assert "张三" in people
    assert "李四" not in people


def test_the_office_sees_all_branches_and_opens_a_figure_down_to_branch_and_person(college: College) -> None:
    campaign = deployed(college)
    for branch, number, name in ((college.survey, 6, "张三"), (college.computing, 7, "李四")):
        away(college, branch, unit(college, campaign, branch), number, name=name, sex="女")
    office = college.client("office")
    assert "共 <strong>2</strong> 人" in office.get(f"/campaigns/{campaign.id}/dimensions").content.decode()
    people = office.get(f"/campaigns/{campaign.id}/dimensions/sex/C").content.decode()
    assert "张三" in people
    assert "李四" in people
    seen = college.client("clerk").get(f"/campaigns/{campaign.id}/dimensions/sex/C").content.decode()
    assert "张三" in seen
    assert "李四" not in seen
    assert COMPUTING not in seen


def test_more_people_than_a_page_names_are_opened_branch_by_branch(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paicha.campaigns.checking.dimensions.views.NAMED", 1)
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    for number, name in ((6, "张三"), (7, "李四")):
        away(college, college.survey, ours, number, name=name, sex="女")
    page = college.client("office").get(f"/campaigns/{campaign.id}/dimensions/sex/C").content.decode()
    assert "张三" not in page
    assert f'href="/units/{ours.id}/dimensions/sex/C">2</a>' in page


def test_a_dimension_or_band_that_is_none_is_no_page(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    for address in ("sex/D", "height/B", "joined/5"):
        assert college.client("clerk").get(f"/units/{ours.id}/dimensions/{address}").status_code == 404


@pytest.mark.parametrize(
    ("sectors", "shown"), [(("高校", "高校"), False), (("高校", ""), False), (("高校", "社区"), True)]
)
def test_sectors_are_shown_once_there_are_two(college: College, sectors: tuple[str, str], shown: bool) -> None:
    branches = (college.survey, college.computing)
    with college.at_work():
        for branch, sector in zip(branches, sectors, strict=True):
            branch.sector = sector
            branch.save()
    campaign = deployed(college)
    away(college, college.survey, unit(college, campaign, college.survey), 6, name="张三")
    page = college.client("office").get(f"/campaigns/{campaign.id}/dimensions").content.decode()
    assert ("各领域" in page) is shown
    if shown:
        assert f'<a href="?sector={quote("高校")}">1</a>' in page
        assert f'<a href="?sector={quote("社区")}">0</a>' in page
        of_sector = college.client("office").get(f"/campaigns/{campaign.id}/dimensions?sector={quote('社区')}")
        assert "共 <strong>0</strong> 人" in of_sector.content.decode()


@pytest.mark.parametrize("people", [1, 9])
def test_the_pages_ask_the_database_as_often_for_many_people_as_for_one(
    college: College, people: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    for number in range(6, 6 + people):
        away(college, college.survey, ours, number)
    office = college.client("office")
    for address in (f"/units/{ours.id}/dimensions", f"/campaigns/{campaign.id}/dimensions"):
        with django_assert_max_num_queries(18):
            office.get(address)
    with django_assert_max_num_queries(12):
        office.get(f"/campaigns/{campaign.id}/dimensions/sex/B")


def test_versions_written_before_joining_was_a_number_are_read_out_of_their_cells(college: College) -> None:
    for number, joined in ((6, "200308"), (7, ""), (8, "说不清")):
        college.add(college.survey, number, joined=joined)
    with college.at_work():
        told = {version.id: version.joined for version in EntryVersion.objects.all()}
        EntryVersion.objects.update(joined=None)
        migration = import_module("paicha.register.migrations.0007_version_joined")
        migration.read_joined(apps, connection.schema_editor())
    with college.at_work():
        assert {version.id: version.joined for version in EntryVersion.objects.all()} == told
    assert sorted(told.values(), key=str) == [2003 * 12 + 7, None, None]


def test_every_dimension_has_an_address_of_its_own() -> None:
    keys = [view.key for view in dimensions(RULES)]
    assert len(set(keys)) == len(keys)
