"""The command line `paicha`."""
