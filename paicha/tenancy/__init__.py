"""Which committee a row belongs to, and who may see it at the database's own level (docs/decisions/0004)."""
