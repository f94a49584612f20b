"""From a branch's file to the rows of a form."""
