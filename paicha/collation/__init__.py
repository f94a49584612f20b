"""From many files to one checked result: the engine behind `paicha collate` and, later, the site's intake."""
