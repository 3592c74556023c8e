"""The proof of a database: where it begins, and in which order it reports."""

import os
from collections.abc import Callable

import pytest
from sqlalchemy import literal, select

from oms_desktop.app import proving
from oms_desktop.db import Database
from oms_desktop.workflow import books
from oms_desktop.workflow.books.proof import Search, rule


def test_dear_rules_are_begun_first_and_reported_in_their_place(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[str]()

    def search(name: str) -> Callable[[], Search]:
        def found() -> Search:
            begun.append(name)
            return Search(select(literal(name).label("name")), "{name} is broken.")

        return found

    rules = [rule(name, dear=name == "dear")(search(name)) for name in ("cheap", "dear", "last")]
    monkeypatch.setattr(books, "RULES", tuple(rules))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    proof = proving.prove(sqlite)

    assert begun == ["dear", "cheap", "last"]
    assert [violation.rule for violation in proof.violations] == ["cheap", "dear", "last"]
