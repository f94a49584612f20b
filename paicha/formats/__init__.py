"""Bytes ↔ domain values. Cell coordinates are kept from the first byte to the last finding."""
