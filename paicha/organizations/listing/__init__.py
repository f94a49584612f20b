"""The office's list of branches: uploaded, looked at, applied as one."""
