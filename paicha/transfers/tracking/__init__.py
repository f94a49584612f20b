"""How far a transfer is: stages, clocks, and who is responsible until the receipt is in hand (notice 二.2)."""
