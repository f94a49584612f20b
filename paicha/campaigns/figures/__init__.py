"""附件2 as a campaign counts it: what would be reported now, what was reported, and the change between them."""
