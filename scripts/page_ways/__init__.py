"""The ways to the pages that scripts/pages.py takes pictures of, each from having signed in."""
