"""The words on paper name everything that a person can meet, and nothing that is not there."""

import argparse
import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from oms_desktop import errors, workflow
from oms_desktop.acts import OFFLINE, VERBS
from oms_desktop.channels import lists
from oms_desktop.channels.products import COLUMNS, FURTHER
from oms_desktop.cli.parser import make_parser
from oms_desktop.drafts import ProblemKind
from oms_desktop.errors import OmsError
from oms_desktop.floor.dialogue import Dialogue
from oms_desktop.floor.packing import Packing
from oms_desktop.floor.picking import Picking
from oms_desktop.floor.shipping import Shipping
from oms_desktop.floor.sign_in import SignIn
from oms_desktop.floor.stock import Stock
from oms_desktop.models import LocationKind, Role, Status
from oms_desktop.settings import Settings
from oms_desktop.ui.statuses import look_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
GUIDE = ROOT / "docs" / "guide"

DIALOGUES: tuple[type[Dialogue[Any]], ...] = (SignIn, Picking, Packing, Shipping, Stock)
RAISERS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, OmsError)
}
REFUSERS = RAISERS | {"refuse", "Refusal", "Wrong"}

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(?: {4}|\t).*$", re.MULTILINE)


def cells(path: Path) -> list[list[str]]:
    """The rows of all tables of a document, each as its cells."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")]


def first_words(path: Path) -> set[str]:
    """What stands in code marks in the first cells of a document's tables."""
    return {word for row in cells(path) for word in re.findall(r"`([^`]+)`", row[0])}


def codes_of_program() -> set[str]:
    """Every code of an error or refusal, from the calls that make them."""
    found: set[str] = set()
    for path in sorted((ROOT / "oms_desktop").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        found |= {
            code for call in ast.walk(tree) if isinstance(call, ast.Call) for code in codes_of_call(call)
        }
        found |= {
            code for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for code in by_place(text)
        }
        found |= {code for part in ast.walk(tree) if isinstance(part, ast.Constant) for code in printed(part)}
    return found


def printed(part: ast.Constant) -> list[str]:
    """The codes that the command line writes itself: ``... [program.fault]``."""
    return re.findall(rf"\[({CODE.pattern})\]", part.value) if isinstance(part.value, str) else []


def codes_of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    code = call.args[0] if name in REFUSERS and call.args else None
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        yield code.value


def by_place(text: ast.JoinedStr) -> Iterator[str]:
    """The codes that all dialogues share: ``f"{self.place}.unknown"``."""
    if len(text.values) == 2 and ast.unparse(text.values[0]) == ast.unparse(PLACE):
        suffix = text.values[1]
        assert isinstance(suffix, ast.Constant) and isinstance(suffix.value, str)
        yield from (f"{dialogue.place}{suffix.value}" for dialogue in DIALOGUES)


PLACE = next(node for node in ast.walk(ast.parse('f"{self.place}"')) if isinstance(node, ast.FormattedValue))


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, and the one of the whole under an empty name."""
    parser = make_parser()
    (choices,) = (each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return {"": parser, **choices}


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}


def with_actions(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a command and of the actions it can do."""
    below = (each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return options(parser).union(*(options(action) for actions in below for action in actions.values()))


def anchors(path: Path) -> set[str]:
    """What a link may name behind ``#``: the headings as a web page would call them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def test_the_search_finds_codes() -> None:
    codes = codes_of_program()

    assert {"pick.wrong_product", "manifest.missing", "ship.unknown", "settings.unknown"} <= codes
    assert len(codes) > 100


def test_all_codes_are_codes() -> None:
    assert [code for code in sorted(codes_of_program()) if not CODE.fullmatch(code)] == []


def test_every_code_is_explained() -> None:
    assert codes_of_program() - first_words(GUIDE / "codes.md") == set()


def test_no_code_is_explained_that_is_gone() -> None:
    assert first_words(GUIDE / "codes.md") - codes_of_program() == set()


def test_every_code_is_explained_once() -> None:
    explained = [row[0] for row in cells(GUIDE / "codes.md") if row[0].startswith("`")]

    assert sorted(explained) == sorted(set(explained))


def test_verbs_are_those_of_the_table() -> None:
    assert workflow.__all__
    told = [tuple(row[:4]) for row in cells(ROOT / "docs" / "verbs.md") if row[0].startswith("`")]

    assert told == [
        (f"`{name}`", entry.role.value, entry.kind.value, "offline" if name in OFFLINE else "hub")
        for name, entry in sorted(VERBS.items())
    ]


def test_every_setting_is_explained_with_its_default() -> None:
    told = {row[0]: row[1] for row in cells(GUIDE / "index.md") if len(row) == 3}

    for field in fields(Settings):
        assert told.get(f"`{field.name}`") == f'`"{field.default}"`'


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_explained(name: str) -> None:
    text = (GUIDE / "index.md").read_text("utf-8")
    whole = options(commands()[""])
    own = with_actions(commands()[name]) - whole if name else whole
    section = text.partition(f"### `{name}")[2].partition("\n### ")[0] if name else text

    assert section
    assert [option for option in sorted(own) if not re.search(rf"`{option}[` ]", section)] == []


def test_every_problem_of_a_file_is_explained() -> None:
    told = {tuple(row) for row in cells(GUIDE / "imports.md")}

    missing = [
        kind for kind in ProblemKind if (f"`{kind.value}`", kind.outcome.value, kind.sentence) not in told
    ]
    assert missing == []


def test_every_column_of_a_list_is_explained() -> None:
    tables = (lists.LOCATION_COLUMNS, lists.WORKER_COLUMNS, lists.CARTON_COLUMNS, lists.STOCK_COLUMNS)
    told = {column.name for table in tables for column in table} | {*COLUMNS, *FURTHER}

    assert told - first_words(GUIDE / "imports.md") == set()


def test_every_status_is_in_the_glossary_with_its_label() -> None:
    told = {tuple(row[:2]) for row in cells(ROOT / "docs" / "glossary.md")}

    assert [status for status in Status if (status.value, look_of(status.value).label) not in told] == []


@pytest.mark.parametrize("word", [each.value for each in (*Role, *LocationKind)])
def test_every_role_and_kind_of_place_is_in_the_glossary(word: str) -> None:
    assert re.search(rf"\b{word}\b", (ROOT / "docs" / "glossary.md").read_text("utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", path.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        file, _, heading = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (heading and heading not in anchors(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_make_has_the_targets_that_are_told(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = path.read_text("utf-8")
    told = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text, re.MULTILINE))

    assert told - targets == set()


def test_the_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert re.findall(r"^ {4}(make \w+)", text, re.MULTILINE)[:2] == ["make run", "make test"]


def test_command_lines_of_the_readme_are_understood() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    told = re.findall(r"^ {4}oms-desktop (.*?)(?:  +#.*)?$", text, re.MULTILINE)

    assert {make_parser().parse_args(line.split()).command for line in told} == set(commands()) - {""}


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))

    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
