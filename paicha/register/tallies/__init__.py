"""Each branch's counts, kept so that an office of 2,000 branches sees all of them at once."""
