"""报到: where somebody has reported in at the destination, since when, what shows it (notice 二.3)."""
