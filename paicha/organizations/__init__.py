"""The tree of organizations with its history, the accounts, and who may do what."""
