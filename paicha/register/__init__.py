"""The living register: members, affiliations, entries and their versions."""
