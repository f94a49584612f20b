"""How fast the site is: `make bench-web` writes docs/benchmarks-web.md."""
