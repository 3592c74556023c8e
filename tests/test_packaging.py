"""What is shipped is complete, and runs away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from oms_desktop import __version__

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@dataclass(frozen=True)
class Built:
    """The two archives and the names of the files in them, as they lie in the checkout."""

    wheel: Path
    in_wheel: frozenset[str]
    in_source: frozenset[str]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    (source,) = folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = frozenset(archive.namelist())
    with tarfile.open(source) as archive_of_source:
        in_source = frozenset(name.split("/", 1)[-1] for name in archive_of_source.getnames())
    return Built(wheel, in_wheel, in_source)


@pytest.fixture(scope="module")
def programs(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel, which borrows what is installed here."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    (Path(paths["purelib"]) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    python = next(Path(paths["scripts"]).glob("python*"))
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    run(*pip, "install", "--no-deps", "--no-index", "--quiet", built.wheel, cwd=folder)
    return Path(paths["scripts"])


def files(folder: str, suffix: str = "") -> set[str]:
    found = (path for path in (ROOT / folder).rglob(f"*{suffix}") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_wheel_holds_the_program_and_its_resources(built: Built) -> None:
    resources = {f"oms_desktop/{name}" for name in files("resources")}

    assert resources
    assert (files("oms_desktop", ".py") | resources) - built.in_wheel == set()


def test_source_archive_holds_all_that_is_needed_to_build_and_test(built: Built) -> None:
    wanted = (
        files("oms_desktop", ".py")
        | files("tests", ".py")
        | files("tools", ".py")
        | files("tools", ".json")
        | files("resources")
    )
    wanted |= {"Makefile", "README.md", "pyproject.toml", "requirements.lock", "requirements-dev.lock"}

    assert wanted - built.in_source == set()


def test_both_archives_carry_the_licences(built: Built) -> None:
    texts = {"LICENSE"} | {
        name
        for name in files("resources", ".txt")
        if name.startswith(("resources/fonts/", "resources/icons/"))
    }
    folder = f"oms_desktop-{__version__}.dist-info/licenses"

    assert texts - built.in_source == set()
    assert {f"{folder}/{name}" for name in texts} - built.in_wheel == set()


def test_wheel_holds_nothing_but_the_program(built: Built) -> None:
    assert {name.split("/")[0] for name in built.in_wheel} == {
        "oms_desktop",
        f"oms_desktop-{__version__}.dist-info",
    }


def test_installed_program_tells_its_version(programs: Path, tmp_path: Path) -> None:
    assert __version__ in run(programs / "oms-desktop", "--version", cwd=tmp_path)


def test_installed_program_explains_itself(programs: Path, tmp_path: Path) -> None:
    text = run(programs / "oms-desktop", "--help", cwd=tmp_path)

    assert [command for command in ("import", "check", "demo") if command not in text] == []


def test_installed_program_is_not_the_checkout(programs: Path, tmp_path: Path) -> None:
    where = run(programs / "python", "-c", "import oms_desktop; print(oms_desktop.__file__)", cwd=tmp_path)

    assert Path(where.strip()).is_relative_to(programs.parent)
