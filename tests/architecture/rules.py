"""The house rules as pure functions from the text of a file to the places that break them."""

import ast
import functools
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import PurePosixPath

FILE_LINES = 300
FUNCTION_LINES = 40
NESTING = 3
VAGUE_NAMES = frozenset({"utils", "helpers", "manager", "common", "misc"})
GPL_MODULES = frozenset(
    {
        "QtCharts",
        "QtDataVisualization",
        "QtGraphs",
        "QtGraphsWidgets",
        "QtHttpServer",
        "QtNetworkAuth",
        "QtQuick3D",
        "QtVirtualKeyboard",
    }
)
ASSETS = frozenset({".ttf", ".otf", ".svg", ".wav", ".ogg"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


@dataclass(frozen=True)
class Violation:
    """A line, counted from 1, and what is wrong there."""

    line: int
    text: str


Rule = Callable[[str], list[Violation]]


def file_length(source: str) -> list[Violation]:
    """Files longer than `FILE_LINES`."""
    lines = len(source.splitlines())
    return [Violation(FILE_LINES + 1, f"{lines} lines")] if lines > FILE_LINES else []


def function_length(source: str) -> list[Violation]:
    """Functions longer than `FUNCTION_LINES` from ``def`` to their end, their docstring not counted."""
    return [
        Violation(function.lineno, f"{function.name} has {lines} lines")
        for function in _functions(source)
        if (lines := _lines(function)) > FUNCTION_LINES
    ]


def nesting(source: str) -> list[Violation]:
    """Functions whose blocks stand deeper in one another than `NESTING`; ``elif`` is not deeper."""
    return [
        Violation(function.lineno, f"{function.name} nests {depth} deep")
        for function in _functions(source)
        if (depth := _depth(function.body)) > NESTING
    ]


def inner_imports(source: str) -> list[Violation]:
    """Import statements inside functions."""
    return sorted(
        {
            Violation(node.lineno, "import inside a function")
            for function in _functions(source)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        },
        key=lambda violation: violation.line,
    )


def imports_by_name(source: str) -> list[Violation]:
    """Calls of ``import_module`` and ``__import__``; the text is the module, or ``?`` if computed."""
    return [
        Violation(call.lineno, _literal(call) or "?")
        for call in _calls(source)
        if _last_name(call.func) in {"import_module", "__import__"}
    ]


def commits(source: str) -> list[Violation]:
    """Calls that end or open a transaction: ``x.commit()``, and ``begin()`` of a session or engine."""
    return [Violation(call.lineno, ast.unparse(call)) for call in _calls(source) if _is_commit(call)]


def nested_event_loops(source: str) -> list[Violation]:
    """Uses of ``processEvents``."""
    return [
        Violation(node.lineno, "processEvents")
        for node in ast.walk(_tree(source))
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]


def prints(source: str) -> list[Violation]:
    """Calls of the builtin ``print``."""
    return [
        Violation(call.lineno, "print")
        for call in _calls(source)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]


def gpl_imports(source: str) -> list[Violation]:
    """Imports of Qt modules that are under the GPL only, by statement or by name."""
    imported = [*_imported(source), *((v.line, v.text) for v in imports_by_name(source))]
    return [
        Violation(line, name)
        for line, name in imported
        if name.startswith("PySide6.") and name.split(".")[1] in GPL_MODULES
    ]


def vague_names(path: PurePosixPath) -> list[Violation]:
    """Folders and files whose name says nothing, such as ``utils``."""
    parts = [*path.parts[:-1], path.stem]
    return [Violation(1, part) for part in parts if VAGUE_NAMES & set(part.lower().split("_"))]


def addresses(source: str) -> list[Violation]:
    """Lines of a lock file that name an address."""
    return [Violation(n, line) for n, line in enumerate(source.splitlines(), 1) if "://" in line]


def unlicensed(paths: Set[PurePosixPath]) -> list[PurePosixPath]:
    """Fonts, icons and sounds without a licence text beside or above them.

    A text counts when it is called ``LICENSE...txt``, or when the first part of its name begins the name
    of the asset, as in ``Inter-OFL.txt`` for ``Inter-Bold.otf``.
    """
    texts = [path for path in paths if path.suffix == ".txt"]
    return sorted(
        path for path in paths if path.suffix in ASSETS and not any(_licenses(text, path) for text in texts)
    )


def _licenses(text: PurePosixPath, asset: PurePosixPath) -> bool:
    family = text.stem.split("-")[0]
    return text.parent in asset.parents and (family == "LICENSE" or asset.name.startswith(family))


@functools.cache
def _tree(source: str) -> ast.Module:
    return ast.parse(source)


def _functions(source: str) -> Iterator[Function]:
    return (node for node in ast.walk(_tree(source)) if isinstance(node, Function))


def _calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(_tree(source)) if isinstance(node, ast.Call))


def _imported(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _lines(function: Function) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def _depth(body: list[ast.stmt]) -> int:
    return max((1 + _inner_depth(node) for node in body if isinstance(node, BLOCKS)), default=0)


def _inner_depth(node: ast.stmt) -> int:
    depths = [_depth(getattr(node, name, [])) for name in ("body", "finalbody")]
    depths += [_depth(part.body) for name in ("handlers", "cases") for part in getattr(node, name, [])]
    otherwise = getattr(node, "orelse", [])
    if isinstance(node, ast.If) and len(otherwise) == 1 and isinstance(otherwise[0], ast.If):
        return max(*depths, _inner_depth(otherwise[0]))
    return max(*depths, _depth(otherwise))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _is_commit(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = _last_name(call.func.value).lower()
    return call.func.attr == "commit" or (
        call.func.attr == "begin" and any(word in owner for word in ("session", "engine"))
    )
