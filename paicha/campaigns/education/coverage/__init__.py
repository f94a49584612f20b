"""Coverage of theme education by branch: 100 %, or who is left out by name."""
