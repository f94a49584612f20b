"""Files that come in: received, looked at, applied as one batch, undone as one batch, or set aside. What they become is
decided by whose forms they are: register/importing (附件1) and register/roster/importing (党员名册)."""
