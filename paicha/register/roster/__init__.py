"""党员名册: who belongs to each branch. The office brings it in as one batch; a branch sees its members, puts them on
the register, and takes home a workbook to fill in offline."""
