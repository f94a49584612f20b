"""高校毕业生 (notice 二.2): cohorts, where each graduate goes, who looks after them, the batch of letters."""
