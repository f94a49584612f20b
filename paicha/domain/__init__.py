"""The rules, pure: no Django, no files, no clock (`today` is an argument)."""
