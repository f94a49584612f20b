"""Days as people speak of them (design.md, Dates)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def days_until(day: date, today: date) -> str:
    """还有 3 天（12 月 15 日）, 今天（…）, 已逾期 2 天."""
    left, named = (day - today).days, f"{day.month} 月 {day.day} 日"
    if left == 0:
        return f"就是今天（{named}）"
    return f"还有 {left} 天（{named}）" if left > 0 else f"已逾期 {-left} 天（{named}）"


def day_of(moment: datetime) -> date:
    """The day here on which something happened."""
    return timezone.localtime(moment).date()


def end_of(day: date) -> datetime:
    """The moment at which a day ends here: what was written before it was written on the day or earlier."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
