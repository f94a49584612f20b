"""Layout, middleware, error pages, style sheets: decides nothing."""
