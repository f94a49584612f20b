"""Keys, encrypted fields, keyed hashes and encrypted files: nothing personal stands in the clear at rest."""
