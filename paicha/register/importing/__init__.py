"""附件1 files into the register: a plan that can be looked at, applied as one batch, undone as one batch."""
