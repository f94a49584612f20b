"""接续: the last round's closing register is this round's opening one; who was added since, who left, and why."""
