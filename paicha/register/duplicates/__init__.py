"""One person on the registers of two branches: the office is told of all, a branch only of its own (register_of)."""
