"""How fast the form commands are, beside the usual ways of doing the same: `make bench` writes docs/benchmarks.md."""
