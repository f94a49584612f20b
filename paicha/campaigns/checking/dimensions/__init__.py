"""Those who are away, by the dimensions of notice 三.2: counted, drawn, opened."""
