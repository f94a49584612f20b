"""通报: drafted from the figures, edited by the office, sent to all branches and frozen (notice 四.2)."""
