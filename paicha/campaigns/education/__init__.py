"""主题教育: how and when each outflow member takes part, those in transit among them (notice 二.2)."""
