"""督办: who is late, the notice to a branch, its answer (notice 四.2)."""
