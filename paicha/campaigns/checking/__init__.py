"""Checking: a verdict for every member (notice 一, 三.2)."""
