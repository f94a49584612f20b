"""The administrator's pages of accounts, and a person's own: joining, the password."""
