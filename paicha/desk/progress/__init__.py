"""One page of a campaign for the office: where each branch stands, what changed since the day before, week by week."""
