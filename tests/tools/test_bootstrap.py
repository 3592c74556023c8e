"""Setting up a checkout: which packages, when again, and what a person is told."""

import ast
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "requirements.lock").write_text("a==1\n")
    (tmp_path / "requirements-dev.lock").write_text("a==1\nb==2\n")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def script(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def with_pip(folder: Path) -> None:
    """An environment that borrows this one's pip: making its own takes seconds."""
    venv.create(folder, with_pip=False)
    own = sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)})
    (Path(own) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))


def test_without_a_screen_only_the_libraries_qt_links_to_are_wanted() -> None:
    wanted = bootstrap.wanted_libraries({}, "linux")

    assert wanted["libEGL.so.1"] == "libegl1"
    assert "libxcb-cursor.so.0" not in wanted


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_screen_its_plugins_are_wanted_too(name: str) -> None:
    wanted = bootstrap.wanted_libraries({name: ":0"}, "linux")

    assert wanted["libxcb-cursor.so.0"] == "libxcb-cursor0"
    assert wanted["libEGL.so.1"] == "libegl1"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_their_libraries(platform: str) -> None:
    assert bootstrap.wanted_libraries({"DISPLAY": ":0"}, platform) == {}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux libraries")
def test_a_library_that_cannot_be_loaded_is_named() -> None:
    assert bootstrap.missing_libraries(["libc.so.6", "libnowhere.so.9"]) == ["libnowhere.so.9"]


def test_packages_carry_the_names_of_the_release() -> None:
    wanted = ["libgl1", "libglib2.0-0", "libgl1"]

    assert bootstrap.debian_packages(wanted, set()) == ["libgl1", "libglib2.0-0"]
    assert bootstrap.debian_packages(wanted, {"libglib2.0-0t64"}) == ["libgl1", "libglib2.0-0t64"]


def test_who_may_not_install_gets_the_line_to_type() -> None:
    assert "Run: sudo apt-get install -y libegl1 libgl1" in bootstrap.by_hand(["libegl1", "libgl1"])


def test_without_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "wanted_libraries", lambda *_: {"libnowhere.so.9": "libnowhere9"})

    with pytest.raises(bootstrap.NotReadyError, match=r"lacks: libnowhere\.so\.9\."):
        bootstrap.prepare_libraries()


@posix
def test_apt_gets_the_missing_packages_and_its_failure_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = tmp_path / "record"
    script(tmp_path / "bin", "sudo", 'shift; exec "$@"')
    script(tmp_path / "bin", "apt-cache", "exit 100")
    script(
        tmp_path / "bin",
        "apt-get",
        f'echo "$@" >> "{record}"; [ "$1" = update ] || {{ echo no space; exit 1; }}',
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    with pytest.raises(bootstrap.NotReadyError, match=r"no space\n\nSystem packages .* libegl1"):
        bootstrap.install_packages(["libegl1"])
    assert record.read_text().splitlines() == ["update", "install -y --no-install-recommends libegl1"]


def test_stamp_serves_what_was_installed(root: Path) -> None:
    stamp = bootstrap.stamp_of("run", root)

    assert bootstrap.satisfies(stamp, "run", root)
    assert not bootstrap.satisfies(stamp, "dev", root)


def test_dev_serves_run_too(root: Path) -> None:
    assert bootstrap.satisfies(bootstrap.stamp_of("dev", root), "run", root)


@pytest.mark.parametrize("change", ["python", "root"])
def test_stamp_of_another_python_or_folder_does_not_serve(root: Path, change: str) -> None:
    stamp = bootstrap.stamp_of("run", root)

    assert not bootstrap.satisfies({**stamp, change: "other"}, "run", root)


def test_changed_lock_is_installed_anew(root: Path) -> None:
    stamp = bootstrap.stamp_of("run", root)
    (root / "requirements.lock").write_text("a==2\n")

    assert not bootstrap.satisfies(stamp, "run", root)


@pytest.mark.parametrize("text", [None, "", '{"run": ', "[]"])
def test_absent_or_damaged_stamp_serves_nothing(root: Path, text: str | None) -> None:
    if text is not None:
        (root / ".venv" / "oms-stamp.json").write_text(text)

    assert bootstrap.read_stamp(root / ".venv") == {}


def test_failed_installation_leaves_no_stamp(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise bootstrap.NotReadyError("no network")

    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "VENV", root / ".venv")
    monkeypatch.setattr(bootstrap, "usable", lambda *_: True)
    monkeypatch.setattr(bootstrap, "install_lock", fail)
    bootstrap.write_stamp(root / ".venv", bootstrap.stamp_of("run", root))

    assert bootstrap.main(["dev"]) == 1
    assert bootstrap.read_stamp(root / ".venv") == {}


def test_checkout_is_linked_and_its_program_starts(tmp_path: Path) -> None:
    root, environment = tmp_path / "it's here", tmp_path / "it's here" / ".venv"
    venv.create(environment, with_pip=False)
    package = root / "oms_desktop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text("import sys\ndef main():\n    return len(sys.argv)\n")

    bootstrap.link_project(environment, root)

    name = "oms-desktop.cmd" if os.name == "nt" else "oms-desktop"
    program = bootstrap.venv_program(environment, "oms-desktop").with_name(name)
    assert subprocess.run([program, "--one", "two words"], cwd=tmp_path).returncode == 3


def test_environment_of_a_moved_checkout_is_made_anew(root: Path) -> None:
    with_pip(root / ".venv")

    assert bootstrap.usable(root / ".venv", {}, root)
    assert not bootstrap.usable(root / ".venv", {"root": "/elsewhere"}, root)


def test_environment_without_a_python_is_made_anew(root: Path) -> None:
    assert not bootstrap.usable(root / ".venv", {}, root)


@pytest.mark.parametrize(
    "output",
    [
        "WARNING: Retrying after connection broken by 'NewConnectionError(...)'",
        "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)",
    ],
)
def test_unreachable_index_is_explained_after_pips_own_words(output: str) -> None:
    assert bootstrap.explain(output).startswith(output)
    assert "reaches no package index" in bootstrap.explain(output)


def test_other_failures_are_left_to_pips_own_words() -> None:
    assert bootstrap.explain("ERROR: hashes do not match") == "ERROR: hashes do not match"


@posix
def test_pips_words_are_shown_when_a_pin_is_not_to_be_had(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with_pip(tmp_path / "venv")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"oms-no-such-package==1 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(
        bootstrap.NotReadyError, match="No matching distribution found for oms-no-such-package"
    ):
        bootstrap.install_lock(tmp_path / "venv", lock)


@posix
def test_newer_python_is_believed_only_when_it_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script(tmp_path, "python3.13", "echo 'version not installed' >&2; exit 127")
    good = script(tmp_path, "python3.12", "echo new")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.newer_python() == str(good)
    good.unlink()
    assert bootstrap.newer_python() is None


def test_old_python_alone_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.main(["run"]) == 1
    assert capsys.readouterr().err.startswith("Python 3.11 or newer is needed; this is ")


@pytest.mark.parametrize("arguments", [[], ["test"], ["run", "dev"]])
def test_unknown_mode_is_a_usage_error(arguments: list[str]) -> None:
    assert bootstrap.main(arguments) == 2


def test_program_can_be_read_by_python_3_8() -> None:
    source = (ROOT / "tools" / "bootstrap.py").read_text("utf-8")

    ast.parse(source, feature_version=(3, 8))
