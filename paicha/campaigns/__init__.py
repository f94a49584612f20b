"""集中排查: a round from its deployment to the circular (notice 三, 四)."""
