"""The command line `paicha`: one file a group; the form commands never load Django.

Heavy parts (readers, tables, writers) are imported inside the commands, so that `--help` answers at once."""

from paicha.cli.app import main

__all__ = ["main"]
