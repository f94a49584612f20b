"""The office looks through what was handed in: returned, or approved and added up."""
