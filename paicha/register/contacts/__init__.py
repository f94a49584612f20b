"""专人联系、定期跟踪 (notice 二.1): who keeps in touch with somebody away, each contact, and who is overdue for one."""
