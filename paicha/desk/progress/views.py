"""The overview of a campaign, now or as it stood on a past day."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units, last_days_on
from paicha.desk.progress.changes import changes
from paicha.desk.progress.charts import dimension_charts, week_charts
from paicha.desk.progress.standing import FILTERS, standings_on
from paicha.desk.progress.weeks import weeks_of
from paicha.domain.annex2 import HEADINGS, total
from paicha.organizations.permissions import Permission
from paicha.register.figures.groups import sheet_of
from paicha.transfers.tracking.selectors import late
from paicha.transfers.tracking.transit import in_transit_counts
from paicha.web.days import day_of, days_until
from paicha.web.today import asked_day, today_of


@login_required
@require_GET
def progress(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """排查进度: each branch in the chain, what changed since the day before, the sum, the weeks. `?show=` keeps the
    branches of a filter or of one figure, `?at=` shows a past day."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    at, show = asked_day(request), request.GET.get("show", "")
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW))
    now = standings_on(campaign, units, at)
    deployed_on = day_of(campaign.deployed_at)
    letter = show if show in HEADINGS else ""
    past = "" if at == today_of(request) else f"at={at}"
    also = f"&{past}" if past else ""
    address = reverse("campaign-progress", args=[campaign.id])
    sheet = sheet_of(total(line.statistics for line in now), lambda letter: f"{address}?show={letter}{also}#branches")
    context = _in_transit(campaign, units, at) if not past else {}
    context |= {
        "campaign": campaign,
        "at": at,
        "past": past,
        "also": also,
        "kept": {"show": show} if show else {},
        "deployed_on": deployed_on if at < deployed_on else None,
        "days": [(phase.label, days_until(day, at)) for phase, day in last_days_on(campaign, at).items()],
        "lines": [
            (line, line.statistics[letter or "A"])
            for line in now
            if (line.statistics[letter] if letter else line.shows(show))
        ],
        "filters": [(what, words, sum(line.shows(what) for line in now)) for what, words in FILTERS.items()],
        "all": len(now),
        "show": show,
        "letter": letter,
        "heading": HEADINGS[letter or "A"],
        "changes": changes(standings_on(campaign, units, at - timedelta(days=1)), now),
        "sheet": sheet,
        "charts": [*dimension_charts(sheet), *week_charts(weeks_of(campaign, at))],
    }
    return render(request, "desk/progress/progress.html", context)


def _in_transit(campaign: Campaign, units: Sequence[CampaignUnit], today: date) -> dict[str, object]:
    """How many are in transit today, and of how many the receipt is overdue. Two queries."""
    branches = [unit.organization_id for unit in units]
    return {
        "in_transit": sum(in_transit_counts(campaign.committee_id, branches).values()),
        "late": late(campaign.committee_id, branches, today),
    }
