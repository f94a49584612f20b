"""请示: a branch asks, the office answers (notice 四.3)."""
