"""paicha (排查): collate, check and count the forms on Party members who have moved away."""

__version__ = "0.1.0"
