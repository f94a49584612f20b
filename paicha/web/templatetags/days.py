"""Days as people speak of them, in templates."""

from datetime import date

from django import template

from paicha.web.days import days_until

register = template.Library()


@register.filter
def days_left(day: date, today: date) -> str:
    """`{{ campaign.report_by|days_left:request.today }}`: 还有 3 天（12 月 15 日）."""
    return days_until(day, today)
