"""The checkout keeps the house rules."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import rules
from tests.architecture.rules import Rule

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = ("oms_desktop", "benchmarks", "tests", "tools")
MIGRATIONS = "oms_desktop/models/migrations/versions/"

# Rooms the composition root loads by name when they are first needed, each with its reason.
LOADED_BY_NAME = {
    "oms_desktop.app.desktop": "Qt: the command line must not wait for it, and may run where it cannot",
    "oms_desktop.app.demo": "Qt again, and pseudo-terminals, which Windows has not",
    "oms_desktop.models.migrate": "Alembic takes over a second to import and is seldom needed",
}


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Path and text of each program file below `folders`; migrations are history and stay as they are."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(MIGRATIONS):
                yield name, path.read_text("utf-8")


def broken(rule: Rule, *folders: str, allowed: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}:{violation.line}: {violation.text}"
        for name, source in sources(*folders)
        if not name.startswith(allowed)
        for violation in rule(source)
    ]


@pytest.mark.parametrize(
    "rule",
    [rules.file_length, rules.function_length, rules.nesting, rules.inner_imports, rules.gpl_imports],
)
def test_every_program_file(rule: Rule) -> None:
    assert broken(rule, *PROGRAMS) == []


def test_only_db_ends_transactions() -> None:
    assert broken(rules.commits, "oms_desktop", allowed=("oms_desktop/db/",)) == []


def test_no_nested_event_loops() -> None:
    assert broken(rules.nested_event_loops, *PROGRAMS) == []


def test_only_the_command_line_prints() -> None:
    assert broken(rules.prints, "oms_desktop", allowed=("oms_desktop/cli/", "oms_desktop/cli.py")) == []


def test_names_say_something() -> None:
    names = [name for name, _ in sources(*PROGRAMS)]

    assert [name for name in names if rules.vague_names(PurePosixPath(name))] == []


def test_only_listed_rooms_are_loaded_by_name_and_only_by_the_composition_root() -> None:
    loaded = {
        violation.text: name
        for name, source in sources("oms_desktop")
        for violation in rules.imports_by_name(source)
    }

    assert set(loaded) == set(LOADED_BY_NAME)
    assert [name for name in loaded.values() if not name.startswith("oms_desktop/app")] == []


def test_lock_files_name_no_address() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))

    assert [lock.name for lock in locks] == ["requirements-dev.lock", "requirements.lock"]
    assert [rules.addresses(lock.read_text("utf-8")) for lock in locks] == [[], []]


def test_fonts_icons_and_sounds_come_with_their_licences() -> None:
    resources = ROOT / "resources"
    files = {PurePosixPath(path.relative_to(resources).as_posix()) for path in resources.rglob("*")}

    assert any(path.suffix in rules.ASSETS for path in files)
    assert rules.unlicensed(files) == []


def test_the_files_are_found() -> None:
    names = [name for name, _ in sources(*PROGRAMS)]

    assert "oms_desktop/errors.py" in names
    assert "tests/architecture/test_house.py" in names
