"""What every write of transfers refuses with."""


class Unfit(ValueError):
    """What is to be recorded cannot have been so; the message says why, in Chinese."""
