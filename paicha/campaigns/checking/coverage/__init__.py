"""Coverage of every branch: 100 %, or who is missing by name."""
