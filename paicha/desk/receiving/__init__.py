"""Receipts from a person's page: with the verdict of the campaign that runs, or alone where none does."""
