"""报到 with what the campaign knows: when somebody went away, since when calls count."""
