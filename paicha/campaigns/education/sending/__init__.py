"""学习材料: what was sent to whom, and whether they confirmed it."""
