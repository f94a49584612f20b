"""Home: composed from the selectors of the apps below."""
