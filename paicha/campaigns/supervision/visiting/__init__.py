"""调研: visits to branches, what was seen and what is to be followed up (notice 四.2)."""
