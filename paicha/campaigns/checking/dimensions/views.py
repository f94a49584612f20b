"""Pages of the dimensions: a table and a chart of each, for a branch and for all branches; every figure opens."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.checking.dimensions.selectors import (
    UNKNOWN,
    Counted,
    away_of,
    behind,
    by_branch,
    counted,
    registered,
    sectors_of,
)
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units, rules_of
from paicha.domain.dimensions import dimensions
from paicha.domain.settings import RuleSet
from paicha.organizations.permissions import Permission
from paicha.register.models import RegisterEntry
from paicha.web.charts import Chart, Row, most_of

NAMED = 2_000  # beyond this the office sees how many each branch has, and opens the branch
NONE_OF_THEM = "没有填或读不出"


@login_required
@require_GET
def of_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A branch's outflow members by the dimensions of notice 三.2."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    context = _counts(unit.campaign, [unit], rules_of(unit.campaign, unit), "unit-dimension", unit.id)
    return render(request, "campaigns/checking/dimensions.html", context | {"unit": unit})


@login_required
@require_GET
def of_unit_people(request: HttpRequest, unit_id: UUID, dimension: str, band: str) -> HttpResponse:
    """Who of a branch stands behind one figure. No number of anybody is on this page."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    context = _people(unit.campaign, [unit], rules_of(unit.campaign, unit), dimension, band)
    return render(request, "campaigns/checking/dimension_people.html", context | {"unit": unit})


@login_required
@require_GET
def of_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The same of all branches that this person sees; of one sector where the address says so."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    units, sector = _of_sector(request, branch_units(campaign, scope.branches(Permission.CAMPAIGN_VIEW)))
    query = f"?{request.GET.urlencode()}" if sector is not None else ""
    context = _counts(campaign, units, rules_of(campaign), "campaign-dimension", campaign.id, query)
    context |= {"sector": sector, "sectors": [] if sector is not None else sectors_of(campaign, units)}
    return render(request, "campaigns/checking/dimensions.html", context)


@login_required
@require_GET
def of_campaign_people(request: HttpRequest, campaign_id: UUID, dimension: str, band: str) -> HttpResponse:
    """Who stands behind one figure, branch by branch."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    units, sector = _of_sector(request, branch_units(campaign, scope.branches(Permission.CAMPAIGN_VIEW)))
    context = _people(campaign, units, rules_of(campaign), dimension, band)
    return render(request, "campaigns/checking/dimension_people.html", context | {"sector": sector})


def _of_sector(request: HttpRequest, units: list[CampaignUnit]) -> tuple[list[CampaignUnit], str | None]:
    """The branches of the sector that the address names ("" are those without one), all where it names none."""
    sector = request.GET.get("sector")
    return ([unit for unit in units if unit.sector == sector], sector) if sector is not None else (units, None)


def _counts(
    campaign: Campaign, units: Sequence[CampaignUnit], rules: RuleSet, route: str, key: UUID, query: str = ""
) -> dict[str, object]:
    away = away_of(campaign, units)
    people = away.count()

    def url(dimension: str, band: str) -> str:
        return reverse(f"{route}-people", args=[key, dimension, band]) + query

    return {
        "campaign": campaign,
        "people": people,
        "others": registered(campaign, units).count() - people,
        "charts": [_chart(one, url) for one in counted(away, rules)] if people else [],
        "as_of": rules.as_of,
    }


def _chart(counts: Counted, url: Callable[[str, str], str]) -> Chart:
    view = counts.view
    rows = [Row(band.label, n, url(view.key, band.key)) for band, n in counts.numbers]
    if counts.unknown:
        rows.append(Row(NONE_OF_THEM, counts.unknown, url(view.key, UNKNOWN), known=False))
    return Chart(view.heading, view.heading, rows, most_of(rows))


def _people(
    campaign: Campaign, units: Sequence[CampaignUnit], rules: RuleSet, dimension: str, band: str
) -> dict[str, object]:
    view = next((view for view in dimensions(rules) if view.key == dimension), None)
    labels = {one.key: one.label for one in view.bands} | {UNKNOWN: NONE_OF_THEM} if view else {}
    if view is None or band not in labels:
        raise Http404
    found = behind(away_of(campaign, units), view, band)
    counts = by_branch(found)
    people = sum(counts.values())
    names: dict[UUID, list[RegisterEntry]] = defaultdict(list)
    for entry in found if people <= NAMED else ():
        names[entry.branch_id].append(entry)
    return {
        "campaign": campaign,
        "view": view,
        "band": band,
        "label": labels[band],
        "people": people,
        "named": people <= NAMED,
        "branches": [
            (unit, counts[unit.organization_id], names[unit.organization_id])
            for unit in units
            if unit.organization_id in counts
        ],
    }
