"""The composition root, and the demo warehouse that it can start with."""
