"""Moving the affiliation: receipts, and what leads to them."""
