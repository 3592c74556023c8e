"""The read side of the floor: tours, benches, the dock, the queue. No locks, no changes."""

from oms_desktop.workflow.worklists import benches, dock, queue, tours

__all__ = ["benches", "dock", "queue", "tours"]
