"""Forms with ID numbers in full leave the house: asked for once more, with a password, recorded."""
