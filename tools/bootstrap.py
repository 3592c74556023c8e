"""Make the checkout ready to run: ``python3 tools/bootstrap.py run`` or ``... dev``.

Checks the interpreter and the system libraries Qt loads, makes ``.venv`` and fills it from the hashed
lock file. A stamp remembers what was installed, so that a second call returns at once. Only the standard
library is used, and nothing newer than Python 3.8 before the interpreter has been judged.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}

# Shared object -> Debian package. "always" is what the Qt libraries themselves link to, "screen" what the
# xcb, Wayland and CUPS plug-ins do; Debian 13 and Ubuntu 24.04 "renamed" some for the 64-bit time_t.
LIBRARIES = json.loads((ROOT / "tools" / "libraries.json").read_text("utf-8"))
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|name resolution|Network is unreachable"
    r"|Failed to establish a new connection|Connection refused|\(from versions: none\)",
)


class NotReadyError(Exception):
    """Something that a person has to do first; the text says what."""


def say(text: str) -> None:
    """Print one line of progress at once, also into a pipe."""
    print(text, flush=True)


def wanted_libraries(environment: dict[str, str], platform: str) -> dict[str, str]:
    """Shared objects this machine needs and their Debian packages; empty outside Linux."""
    if not platform.startswith("linux"):
        return {}
    screen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return {**LIBRARIES["always"], **(LIBRARIES["screen"] if screen else {})}


def missing_libraries(sonames: list[str]) -> list[str]:
    """Those of `sonames` that the dynamic loader cannot load."""
    missing = []
    for soname in sonames:
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(soname)
    return missing


def debian_packages(packages: list[str], known: set[str]) -> list[str]:
    """`packages` under the names this release has for them, given the names apt `known`s."""
    renamed = LIBRARIES["renamed"]
    return sorted({renamed[name] if renamed.get(name) in known else name for name in packages})


def known_to_apt(names: list[str]) -> set[str]:
    """Those of `names` that apt's package lists contain."""
    if shutil.which("apt-cache") is None:
        return set()
    return {name for name in names if quiet(["apt-cache", "show", name]).returncode == 0}


def without_apt(sonames: list[str]) -> str:
    """The sentence for a Linux that is not of the Debian family."""
    return (
        f"Qt needs shared libraries that this system lacks: {', '.join(sonames)}. "
        "Install the packages of your distribution that contain them, then run this again."
    )


def by_hand(packages: list[str]) -> str:
    """The sentence with the exact line for a person who may install packages."""
    return f"System packages are missing. Run: sudo apt-get install -y {' '.join(packages)}"


def quiet(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `command` and keep what it prints (both streams as one text) instead of showing it."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def administrator() -> list[str] | None:
    """What to put before a command so that it may install packages; None when nothing helps."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or raise with the line to type."""
    prefix = administrator()
    if prefix is None:
        raise NotReadyError(
            by_hand(debian_packages(packages, known_to_apt(list(LIBRARIES["renamed"].values()))))
        )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    say("Reading apt's package lists ...")
    quiet([*apt, "update"])
    names = debian_packages(packages, known_to_apt(list(LIBRARIES["renamed"].values())))
    say(f"Installing {' '.join(names)} ...")
    done = quiet([*apt, "install", "-y", "--no-install-recommends", *names])
    if done.returncode:
        raise NotReadyError(f"{done.stdout}\n{by_hand(names)}")


def prepare_libraries() -> None:
    """See that everything Qt loads is there, installing it where that is allowed."""
    wanted = wanted_libraries(dict(os.environ), sys.platform)
    missing = missing_libraries(list(wanted))
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise NotReadyError(without_apt(missing))
    install_packages([wanted[soname] for soname in missing])
    still = missing_libraries(missing)
    if still:
        raise NotReadyError(without_apt(still))


def venv_module_package() -> str:
    """The Debian package that completes this interpreter's ``venv``."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def prepare_venv_module() -> None:
    """See that ``python -m venv`` works: Debian ships it in a package of its own."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    if shutil.which("apt-get") is None:
        raise NotReadyError("This Python has no venv module; install the package that contains it.")
    install_packages([venv_module_package()])
    importlib.invalidate_caches()


def venv_program(venv: Path, name: str) -> Path:
    """Where a virtual environment keeps a program on this system."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def stamp_of(mode: str, root: Path) -> dict[str, str]:
    """What a finished installation in `mode` records; a dev installation satisfies both modes."""
    modes = ["run", "dev"] if mode == "dev" else ["run"]
    stamp = {m: hashlib.sha256((root / LOCKS[m]).read_bytes()).hexdigest() for m in modes}
    stamp["python"] = f"{sys.version_info[0]}.{sys.version_info[1]}"
    stamp["root"] = str(root)
    return stamp


def read_stamp(venv: Path) -> dict[str, str]:
    """The stamp of the last finished installation; empty when there is none or it is damaged."""
    try:
        stamp = json.loads((venv / "oms-stamp.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def satisfies(stamp: dict[str, str], mode: str, root: Path) -> bool:
    """Whether an installation with `stamp` serves `mode` at `root` under this interpreter."""
    wanted = stamp_of(mode, root)
    return all(stamp.get(key) == wanted[key] for key in (mode, "python", "root"))


def write_stamp(venv: Path, stamp: dict[str, str]) -> None:
    """Replace the stamp in one step: it is whole or absent, never half."""
    new = venv / "oms-stamp.json.new"
    new.write_text(json.dumps(stamp), "utf-8")
    new.replace(venv / "oms-stamp.json")


def usable(venv: Path, stamp: dict[str, str], root: Path) -> bool:
    """Whether `venv` can be filled further; its scripts name the folder they were made in."""
    if stamp and stamp.get("root") != str(root):
        return False
    probe = f"import sys, pip; print(sys.version_info[:2] == {sys.version_info[:2]})"
    python = venv_program(venv, "python")
    return python.exists() and quiet([str(python), "-c", probe]).stdout.strip() == "True"


def explain(output: str) -> str:
    """Pip's output and, when it was the network, what to do about it."""
    if UNREACHABLE.search(output):
        output += (
            "\nThe packages could not be fetched: this machine reaches no package index that has them. "
            "Connect it, or name a mirror with PIP_INDEX_URL or PIP_FIND_LINKS, and run this again."
        )
    return output


def install_lock(venv: Path, lock: Path) -> None:
    """Install exactly what `lock` pins; wheels only, so that no build tool is fetched unpinned."""
    command = [str(venv_program(venv, "python")), "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    done = quiet(command)
    if done.returncode:
        raise NotReadyError(explain(done.stdout))


def launcher(venv: Path) -> str:
    """The text of the ``oms-desktop`` program: a shell or batch file that survives spaces in paths."""
    call = "import sys; from oms_desktop.__main__ import main; sys.exit(main())"
    if os.name == "nt":
        return f'@"%~dp0python.exe" -c "{call}" %*\r\n'
    quoted = str(venv_program(venv, "python")).replace("'", "'\\''")
    return f"#!/bin/sh\nexec '{quoted}' -c '{call}' \"$@\"\n"


def link_project(venv: Path, root: Path) -> None:
    """Let the environment import the checkout and give it the ``oms-desktop`` program."""
    folders = {"base": str(venv), "platbase": str(venv)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=folders))
    (packages / "oms-desktop-checkout.pth").write_text(f"{root}\n", "utf-8")
    program = venv_program(venv, "oms-desktop")
    if os.name == "nt":
        program = program.with_suffix(".cmd")
    program.write_text(launcher(venv), "utf-8")
    program.chmod(0o755)


def prepare(mode: str) -> None:
    """Bring libraries and ``.venv`` to what `mode` needs; do nothing when they are."""
    prepare_libraries()
    stamp = read_stamp(VENV)
    if satisfies(stamp, mode, ROOT) and venv_program(VENV, "python").exists():
        return
    if not usable(VENV, stamp, ROOT):
        prepare_venv_module()
        say(f"Making {VENV.name} with Python {sys.version.split()[0]} ...")
        made = quiet([sys.executable, "-m", "venv", "--clear", str(VENV)])
        if made.returncode:
            raise NotReadyError(made.stdout)
    (VENV / "oms-stamp.json").unlink(missing_ok=True)
    say(f"Installing the packages of {LOCKS[mode]} (a minute or two the first time) ...")
    install_lock(VENV, ROOT / LOCKS[mode])
    link_project(VENV, ROOT)
    write_stamp(VENV, stamp_of(mode, ROOT))
    say("Ready.")


def newer_python() -> str | None:
    """A Python on the PATH that is new enough; a name alone proves nothing, so each is asked."""
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found and quiet([found, "-c", "import sys; print('new')"]).stdout.strip() == "new":
            return found
    return None


def main(arguments: list[str]) -> int:
    """Prepare for ``run`` or ``dev``; 0 ready, 1 something a person must do, 2 usage."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print("usage: python3 tools/bootstrap.py run|dev", file=sys.stderr)
        return 2
    if sys.version_info[:2] < OLDEST:
        other = newer_python()
        if other:
            return subprocess.call([other, str(Path(__file__).resolve()), *arguments])
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        prepare(arguments[0])
    except NotReadyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
