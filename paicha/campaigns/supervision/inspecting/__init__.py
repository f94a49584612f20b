"""检查: a random list by branch, called up to see whether what the register says is so (notice 四.2). It verifies facts
that the register already holds; it locates, watches and scores nobody."""
