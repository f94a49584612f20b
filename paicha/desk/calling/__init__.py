"""Whom to call today: who was reached since the campaign began is not called again."""
