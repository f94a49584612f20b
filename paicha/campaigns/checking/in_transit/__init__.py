"""在途名单: who is transferred out and not yet received; the branch still answers for them (notice 二.2, 三.2)."""
