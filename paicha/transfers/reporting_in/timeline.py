"""Report-ins on a person's line of time."""

from collections.abc import Iterator

from django.utils import timezone

from paicha.domain.advice import Route
from paicha.register.models import RegisterEntry
from paicha.register.timeline import Moment
from paicha.transfers.reporting_in.forms import shown
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import report_ins_of


def moments_of(entry: RegisterEntry) -> list[Moment]:
    """Every report-in of an entry with its end, newest first. One query."""
    found = [moment for report_in in report_ins_of(entry) for moment in _moments(report_in)]
    return sorted(found, key=lambda moment: moment.at or timezone.now(), reverse=True)


def _moments(report_in: ReportIn) -> Iterator[Moment]:
    where = shown(report_in.place).organization
    words = f"{Route(report_in.route).label}，凭{report_in.evidence}"
    at = timezone.localtime(report_in.recorded_at)
    yield Moment(report_in.since, f"报到：{where}", report_in.actor_name, at, words=words)
    if report_in.withdrawn_at:
        back = timezone.localtime(report_in.withdrawn_at)
        why = report_in.why_withdrawn or ""
        yield Moment(back.date(), f"撤回报到记录：{where}", report_in.withdrawn_by, back, words=why)
    elif report_in.until and report_in.ended_at:
        ended, why = timezone.localtime(report_in.ended_at), report_in.why_ended or ""
        yield Moment(report_in.until, f"报到终止：{where}", report_in.ended_by, ended, words=why)
