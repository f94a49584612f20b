"""附件2 as it stands at this moment: every figure counted from the register, and the people behind each."""
