"""Days as people speak of them (design.md, Dates)."""

from datetime import date


def days_until(day: date, today: date) -> str:
    """还有 3 天（12 月 15 日）, 今天（…）, 已逾期 2 天."""
    left, named = (day - today).days, f"{day.month} 月 {day.day} 日"
    if left == 0:
        return f"就是今天（{named}）"
    return f"还有 {left} 天（{named}）" if left > 0 else f"已逾期 {-left} 天（{named}）"
