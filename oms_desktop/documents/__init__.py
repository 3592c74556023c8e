"""Paper: one document a file, each a frozen dataclass and a function that turns it into PDF bytes."""
