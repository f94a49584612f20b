"""回头看 (notice 四.2): each entry of the register gone over again, one by one."""
