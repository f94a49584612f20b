"""Files that come in: received, looked at, applied as one batch, undone as one batch. What they become is decided by
the app whose forms they are (register, roster, letters): see `batches.Importer`."""
