"""The registered verbs, held against the rules and against the table of what works offline."""

import inspect
import re
from typing import get_type_hints
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from oms_desktop import workflow
from oms_desktop.acts import OFFLINE, VERBS, Act, Entry, Kind, entry_of, verb
from oms_desktop.models import Role

ENTRIES = [pytest.param(VERBS[name], id=name) for name in sorted(VERBS)]

ROLES = {
    "catalog": Role.ADMINISTRATOR,
    "claim.pack": Role.PACKER,
    "claim.pick": Role.PICKER,
    "listing": Role.ORDER_DESK,
    "manifest": Role.SHIPPER,
    "order": Role.ORDER_DESK,
    "orders": Role.ORDER_DESK,
    "pack": Role.PACKER,
    "people": Role.ADMINISTRATOR,
    "pick": Role.PICKER,
    "print": Role.PACKER,
    "promise.allocate": Role.ORDER_DESK,
    "promise.rest": Role.PICKER,
    "promise.wave": Role.ORDER_DESK,
    "ship": Role.SHIPPER,
    "site": Role.ADMINISTRATOR,
    "stock.adjust": Role.SUPERVISOR,
    "stock.bring": Role.RECEIVER,
    "stock.count": Role.RECEIVER,
    "stock.grade": Role.RECEIVER,
    "stock.move": Role.RECEIVER,
    "stock.open_count": Role.RECEIVER,
    "stock.receive": Role.RECEIVER,
    "stock.thresholds": Role.SUPERVISOR,
    "work.assign": Role.SUPERVISOR,
    "work.send": Role.ORDER_DESK,
}


def test_importing_the_workflow_registers_the_verbs() -> None:
    assert workflow.picking.confirm.__name__ == "confirm"
    assert len(VERBS) >= 25


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_verb_can_be_written_down_and_called_again(entry: Entry) -> None:
    parameters = list(inspect.signature(entry.function).parameters.values())

    assert re.fullmatch(r"[a-z]+\.[a-z_]+\.[0-9]+", entry.name)
    assert [parameter.name for parameter in parameters[:2]] == ["session", "act"]
    assert {each.kind for each in parameters[2:]} == {inspect.Parameter.KEYWORD_ONLY}
    assert entry.readers.keys() == {each.name for each in parameters[2:]}
    assert "return" in get_type_hints(entry.function)
    assert inspect.getdoc(entry.function)
    assert entry_of(entry.function) is entry


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_verb_asks_for_the_role_of_its_trade(entry: Entry) -> None:
    prefixes = [prefix for prefix in ROLES if entry.name.startswith(f"{prefix}.")]

    assert [ROLES[prefix] for prefix in prefixes] == [entry.role]


def test_every_role_of_the_table_is_asked_for() -> None:
    assert [prefix for prefix in ROLES if not any(name.startswith(f"{prefix}.") for name in VERBS)] == []


def test_what_works_offline_is_the_work_of_hands_and_nothing_else() -> None:
    hands = ("pick.", "pack.", "ship.load.", "ship.unload.", "print.")

    assert {name for name in VERBS if name.startswith(hands)} == OFFLINE


@pytest.mark.parametrize("name", sorted(OFFLINE))
def test_what_works_offline_is_a_fact(name: str) -> None:
    assert VERBS[name].kind is Kind.FACT


@pytest.mark.parametrize("entry", ENTRIES)
def test_facts_work_offline_and_decisions_wait_for_the_hub(entry: Entry) -> None:
    assert (entry.kind is Kind.FACT) == (entry.name in OFFLINE)


def test_arguments_come_back_as_they_were() -> None:
    entry = VERBS["pick.confirm.1"]
    arguments: dict[str, object] = {"task": UUID(int=5), "quantity": 2, "tote": UUID(int=6)}

    assert entry.decode(entry.encode(arguments)) == arguments


def test_two_verbs_of_one_name_are_refused() -> None:
    def other(session: Session, act: Act, *, quantity: int) -> None:
        """Do nothing."""

    with pytest.raises(ValueError, match=r"pick\.confirm\.1"):
        verb("pick.confirm.1", role=Role.PICKER, kind=Kind.FACT)(other)


def test_a_positional_argument_is_refused() -> None:
    def loose(session: Session, act: Act, quantity: int) -> None:
        """Do nothing."""

    with pytest.raises(TypeError, match="quantity must be given by keyword"):
        verb("test.loose.1", role=Role.PICKER, kind=Kind.FACT)(loose)
    assert "test.loose.1" not in VERBS


def test_an_argument_that_cannot_be_written_is_refused() -> None:
    def heavy(session: Session, act: Act, *, kilograms: float) -> None:
        """Do nothing."""

    with pytest.raises(TypeError, match="float"):
        verb("test.heavy.1", role=Role.PICKER, kind=Kind.FACT)(heavy)
    assert "test.heavy.1" not in VERBS


def test_an_ordinary_function_is_no_verb() -> None:
    with pytest.raises(KeyError):
        entry_of(test_an_ordinary_function_is_no_verb)
