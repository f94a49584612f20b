"""动态更新, 备案 (notice 二.1): what changed on a register since its branch reported, and what the office has filed."""
