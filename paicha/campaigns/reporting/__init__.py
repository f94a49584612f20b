"""Reporting: what a branch hands in, frozen (notice 三.3)."""
