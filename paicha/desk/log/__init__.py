"""操作记录, readable. It stands up here and not in audit, which knows neither branches nor people: their names are
found by whoever may see them."""
