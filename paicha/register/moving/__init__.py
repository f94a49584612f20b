"""People move between branches of one committee: all of a branch that was merged, or one person."""
