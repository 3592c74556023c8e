"""Painted widgets, one a file; each takes the theme and plain values."""
