"""Each house rule finds what it is there to find, and nothing else."""

from pathlib import PurePosixPath

import pytest

from tests.architecture import rules
from tests.architecture.rules import Rule, Violation


def function(lines: int, docstring: int = 0) -> str:
    words = ['    """One.', *["    more"] * (docstring - 2), '    """'] if docstring else []
    return "\n".join(["def long():", *words, *["    x = 1"] * (lines - 1)])


@pytest.mark.parametrize(
    ("rule", "bad", "line"),
    [
        (rules.file_length, "x = 1\n" * 301, 301),
        (rules.function_length, "\n" + function(41), 2),
        (rules.function_length, function(41, docstring=5), 1),
        (rules.function_length, "class A:\n    async " + function(41).replace("\n", "\n    "), 2),
        (
            rules.nesting,
            "def f():\n for a in b:\n  while a:\n   with a:\n    if a:\n     pass",
            1,
        ),
        (
            rules.nesting,
            "def f():\n for a in b:\n  try: c()\n  except E:\n   if a: c()\n   else:\n    if a: c()\n    d()",
            1,
        ),
        (rules.nesting, "def f():\n match a:\n  case 1:\n   if a:\n    if b:\n     if c:\n      pass", 1),
        (rules.inner_imports, "import os\ndef f():\n    from os import path", 3),
        (rules.imports_by_name, "import importlib\nimportlib.import_module('a.b')", 2),
        (rules.imports_by_name, "__import__(name)", 1),
        (rules.commits, "def f(session):\n    session.commit()", 2),
        (rules.commits, "self.connection.commit()", 1),
        (rules.commits, "with session.begin(): pass", 1),
        (rules.commits, "with self._engine.begin() as c: pass", 1),
        (rules.commits, "with Session(engine).begin(): pass", 1),
        (rules.nested_event_loops, "QApplication.processEvents()", 1),
        (rules.prints, "print('a')", 1),
        (rules.gpl_imports, "from PySide6.QtCharts import QChart", 1),
        (rules.gpl_imports, "from PySide6 import QtCore, QtGraphs", 1),
        (rules.gpl_imports, "import PySide6.QtVirtualKeyboard", 1),
        (rules.gpl_imports, "importlib.import_module('PySide6.QtHttpServer')", 1),
        (rules.addresses, "a==1\n--index-url https://example.org/simple\n", 2),
    ],
)
def test_rule_finds_what_breaks_it(rule: Rule, bad: str, line: int) -> None:
    assert [violation.line for violation in rule(bad)] == [line]


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        (rules.file_length, "x = 1\n" * 300),
        (rules.function_length, function(40)),
        (rules.function_length, function(40, docstring=12)),
        (
            rules.nesting,
            "def f():\n if a: z()\n elif b: z()\n elif c: z()\n elif d:\n  for x in y:\n   if x:\n    z()",
        ),
        (
            rules.nesting,
            "def f():\n for a in b:\n  def g():\n   for c in d:\n    if c:\n     if d:\n      pass",
        ),
        (rules.inner_imports, "if TYPE_CHECKING:\n    import os\ndef f(): pass"),
        (rules.commits, "with stores.transaction(): pass\ntext.begin()\nsession.begin_nested()\ncommit = 1"),
        (rules.nested_event_loops, "process_events()"),
        (rules.prints, "printer.print()\npprint(a)"),
        (
            rules.gpl_imports,
            "from PySide6 import QtCore\nfrom PySide6.QtWidgets import QWidget\nimport QtCharts",
        ),
        (rules.addresses, "a==1 --hash=sha256:00\n"),
    ],
)
def test_rule_leaves_good_code_alone(rule: Rule, good: str) -> None:
    assert rule(good) == []


@pytest.mark.parametrize(
    "path", ["oms_desktop/utils/text.py", "oms_desktop/db_helpers.py", "tests/common.py"]
)
def test_vague_names_are_found_in_folders_and_files(path: str) -> None:
    assert rules.vague_names(PurePosixPath(path))


def test_telling_names_are_left_alone() -> None:
    assert rules.vague_names(PurePosixPath("oms_desktop/devices/framing.py")) == []


def test_module_imported_by_name_is_reported_with_its_name() -> None:
    assert rules.imports_by_name("import_module('a.b')") == [Violation(1, "a.b")]


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        (["fonts/Inter-Bold.otf"], ["fonts/Inter-Bold.otf"]),
        (["fonts/Inter-Bold.otf", "fonts/Inter-OFL.txt", "fonts/paper/Inter-Bold.ttf"], []),
        (["fonts/Inter-Bold.otf", "fonts/DejaVu-LICENSE.txt"], ["fonts/Inter-Bold.otf"]),
        (["icons/ban.svg", "icons/LICENSE-lucide.txt"], []),
        (["icons/ban.svg", "fonts/LICENSE.txt"], ["icons/ban.svg"]),
        (["demo/orders.csv"], []),
    ],
)
def test_assets_without_a_licence_are_named(present: list[str], missing: list[str]) -> None:
    paths = {PurePosixPath(path) for path in present}

    assert rules.unlicensed(paths) == [PurePosixPath(path) for path in missing]
