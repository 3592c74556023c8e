"""Benchmarks: each measures one thing against the best simple way to do it, in the same run."""
