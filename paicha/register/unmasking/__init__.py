"""Seeing ID number and phone in full, with a reason that is recorded (notice 四.3)."""
