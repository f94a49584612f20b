"""The office's instruments: chasing, inspections, visits, circulars (notice 四.2)."""
