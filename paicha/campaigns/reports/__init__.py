"""The pages of a report: what a branch hands in, with what the office said of it (reporting and review together)."""
