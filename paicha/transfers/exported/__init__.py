"""转接名单 of the national Party system: what it says of transfers is read, looked at, applied as one batch, undone as
one batch (notice 二.2; domain.md: its confirmation is the receipt)."""
