"""A workstation for each test of the floor."""

import pytest

from oms_desktop.db import Database
from tests.floor.desk import Desk


@pytest.fixture
def desk(sqlite: Database) -> Desk:
    """The workstation PICK-3 with ten of each product on the shelf, on SQLite."""
    return Desk(sqlite)
