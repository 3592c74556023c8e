"""OMS Desktop: order management for the warehouse floor."""

__version__ = "0.1.0"
