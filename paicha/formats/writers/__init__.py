"""From domain values to the official forms, the returned files and the reports."""
