"""A cohort's list comes in: the file, its columns, what it would do, one batch, the batch taken back."""
