"""Engines and transactions: the only place that commits, and that knows SQLite from PostgreSQL."""

from oms_desktop.db.database import Database, connect, of_values
from oms_desktop.db.upserts import Upsert, upsert

__all__ = ["Database", "Upsert", "connect", "of_values", "upsert"]
