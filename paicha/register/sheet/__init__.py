"""The register of a branch as a sheet: type, Tab, Enter, paste a block, take it back."""
