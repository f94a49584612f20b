"""介绍信 for units without the national system: numbered without gaps, printed, replaced, void (notice 二.2)."""
