"""督促转移: whom to call today, what to say, and the one contact record that each call leaves (notice 二.2)."""
