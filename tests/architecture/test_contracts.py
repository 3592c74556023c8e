"""Who may import whom: the contracts of pyproject.toml, and that they can be broken."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]
FORBIDDEN = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
ALLOWED = {"PySide6": {"ui", "app"}, "serial": {"devices"}, "reportlab": {"documents"}}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command as main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )


def test_the_house_keeps_its_contracts() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("db/__init__.py", "import {}.models\n", "imports only what lies below"),
        ("floor/__init__.py", "import PySide6\n", "Qt only in ui and app"),
        ("workflow/__init__.py", "import serial\n", "Serial ports only in devices"),
        ("carriers/__init__.py", "import reportlab\n", "ReportLab only in documents"),
        ("ui/panels/pack.py", "import {}.ui.panels.pick\n", "Panels do not know each other"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, file: str, text: str, name: str) -> None:
    house = "model_house"
    settings = (ROOT / "pyproject.toml").read_text("utf-8").replace("oms_desktop", house)
    (tmp_path / "pyproject.toml").write_text(settings, "utf-8")
    for room in [*rooms(), "ui/panels/pick.py", "ui/panels/pack.py"]:
        path = tmp_path / house / (room if room.endswith(".py") else f"{room}/__init__.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / house / "__init__.py").write_text("")
    (tmp_path / house / "ui" / "panels" / "__init__.py").write_text("")
    assert lint(tmp_path).returncode == 0
    (tmp_path / house / file).write_text(text.format(house))

    done = lint(tmp_path)

    assert done.returncode == 1
    assert name in done.stdout.split("Broken contracts")[-1]


def rooms() -> list[str]:
    layers = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    return [room.strip() for layer in layers for room in layer.split("|")]


@pytest.mark.parametrize("contract", FORBIDDEN, ids=[contract["name"] for contract in FORBIDDEN])
def test_no_room_is_left_out_of_a_contract(contract: dict[str, Any]) -> None:
    (library,) = contract["forbidden_modules"]
    named = {module.removeprefix("oms_desktop.") for module in contract["source_modules"]}

    assert named == set(rooms()) - ALLOWED[library]
