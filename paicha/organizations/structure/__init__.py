"""The pages of the tree: add, edit, rename, move, merge, split, close; each organization with its history."""
