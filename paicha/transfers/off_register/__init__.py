"""Transfers of members who stand on no register and in no cohort: whoever attends and moves all the same."""
