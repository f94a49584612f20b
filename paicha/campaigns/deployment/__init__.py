"""Deploying a campaign: its units, dates and work plans (notice 三.1)."""
