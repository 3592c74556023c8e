"""What is understood on the command line and in the settings, and how everything else is answered."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oms_desktop import __version__
from oms_desktop.models import Order
from tests.cli.conftest import Run
from tests.cli.shell import ORDERS, program, rows
from tests.cli.shell import run as run_alone


def test_options_are_understood_before_and_after_the_command(tmp_path: Path) -> None:
    first, second = f"sqlite:///{tmp_path}/1.sqlite", f"sqlite:///{tmp_path}/2.sqlite"

    before = run_alone("--data-dir", tmp_path, "--database", first, "import", ORDERS)
    after = run_alone("import", ORDERS, "--data-dir", tmp_path, "--database", second)

    assert (before.code, after.code) == (0, 0)
    assert (rows(first, Order), rows(second, Order)) == ([6], [6])


@pytest.mark.parametrize("action", [("stock", "alerts"), ("order", "show", "501")])
def test_they_are_understood_behind_an_action_too(demo: str, tmp_path: Path, action: tuple[str, ...]) -> None:
    data = ("--data-dir", tmp_path)
    run_alone(*data, "--database", demo, "import", ORDERS)

    told = [
        run_alone(*data, "--database", demo, *action),
        run_alone(*action, *data, "--database", demo),
        run_alone(action[0], *data, "--database", demo, *action[1:]),
    ]

    assert {(ran.code, ran.out, ran.err) for ran in told} == {(0, told[0].out, "")}


def test_the_database_of_the_settings_is_used(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/elsewhere.sqlite"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text(f'database = "{address}"\n')

    assert run("import", ORDERS).code == 0
    assert rows(address, Order) == [6]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("station = ", "settings.unreadable"),
        ('colour = "red"', "settings.unknown"),
        ("station = 3", "settings.type"),
        ('station = "../A"', "settings.value"),
        ('station = ""', "settings.value"),
        ('sscc_prefix = "95 24"', "settings.value"),
        ('theme = "pink"', "settings.value"),
    ],
)
def test_settings_that_cannot_be_used(run: Run, tmp_path: Path, line: str, code: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text(line + "\n")

    ran = run("check")

    assert ran.code == 2
    assert ran.sentence.endswith(f"[{code}]")
    assert "settings.toml" in ran.sentence


def test_a_setting_without_quotes_says_what_is_expected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("theme = dark\n")

    assert 'A value is a text in quotes, such as theme = "dark".' in run("check").sentence


def test_settings_that_are_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "settings.toml").mkdir(parents=True)

    assert run("check").sentence.endswith("[settings.unreadable]")


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    ran = run_alone("check", "--data-dir", tmp_path / "file")

    assert ran.code == 2
    assert ran.sentence.endswith("[data_dir.unusable]")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--bogus"],
        ["bogus"],
        ["import"],
        ["import", "x.json", "--kind", "bogus"],
        ["import", "x.json", "--channel", "bogus"],
        ["check", "--bogus"],
        ["demo", "--orders", "0"],
        ["demo", "--orders", "-1"],
        ["demo", "--orders", "many"],
        ["demo", "--seed", "x"],
        ["order", "bogus"],
        ["stock", "move", "A-01"],
    ],
)
def test_wrong_usage(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    ran = run(*arguments)

    assert ran.code == 2
    assert ran.sentence.startswith("oms-desktop")
    assert ran.sentence.endswith(" --help. [command.usage]")
    assert "_" not in ran.sentence
    assert not (tmp_path / "data").exists()


def test_what_an_action_does_not_know_names_its_own_help(run: Run) -> None:
    told = "unrecognized arguments: --level 2. See oms-desktop order hold --help. [command.usage]"

    assert run("order", "hold", "501", "--level", "2").sentence == f"oms-desktop order hold: {told}"


def test_a_list_comes_from_no_channel(run: Run, tmp_path: Path) -> None:
    ran = run("import", "--kind", "stock", "--channel", "csv", tmp_path / "stock.csv")

    assert (ran.code, ran.sentence) == (
        2,
        "--channel is of orders; a list of stock comes from none. [import.channel]",
    )


def test_version(run: Run) -> None:
    assert run("--version").out == f"oms-desktop {__version__}\n"


@pytest.mark.parametrize("options", [["--products", "p.csv"], ["--import", "o.json"]])
def test_products_and_orders_of_the_demo_belong_together(run: Run, options: list[str]) -> None:
    ran = run("demo", "--headless", *options)

    assert ran.code == 2
    assert ran.sentence.endswith("[demo.both]")


def test_the_demo_touches_no_folder_that_is_not_empty(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")

    ran = run("demo", "--headless", "--out", out)

    assert ran.code == 2
    assert ran.sentence == f"{out} is not an empty folder. Name a new one. [demo.folder]"
    assert [file.name for file in out.iterdir()] == ["mine.txt"]


def test_the_demo_makes_no_folder_under_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    ran = run("demo", "--headless", "--out", tmp_path / "file" / "out")

    assert ran.code == 2
    assert ran.sentence.endswith("[demo.folder]")


def test_the_demo_leaves_nothing_behind_for_files_it_cannot_use(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"

    ran = run("demo", "--headless", "--out", out, "--products", tmp_path / "no.csv", "--import", ORDERS)

    assert ran.code == 2
    assert ran.sentence.endswith("[input.unreadable]")
    assert not out.exists()


NO_TEXT = "\udcff\udcfe"
"""What Python makes of two bytes of a command line that are no text."""


@pytest.mark.parametrize(
    "typed",
    [
        ("order", "show", NO_TEXT),
        ("order", "edit", "501", "--add", f"{NO_TEXT}=1"),
        ("order", "assign", "501", "--to", NO_TEXT),
        ("order", "merge", "501", "--into", NO_TEXT),
        ("stock", "receive", NO_TEXT, "A-01-01-A1", "1"),
        ("stock", "receive", "MUG-0350-GN", "A-01-01-A1", "1", "--serial", NO_TEXT),
        ("stock", "show", "--product", NO_TEXT),
        ("listing", "--channel", "csv", "--key", f"sku:{NO_TEXT}", "--remove"),
        ("warehouse", "--name", "Mine", "--admin", NO_TEXT, "--pin", "1234"),
    ],
)
def test_bytes_that_are_no_text_are_refused_wherever_they_stand(run: Run, typed: tuple[str, ...]) -> None:
    ran = run(*typed)

    assert ran.code == 2
    assert ran.sentence.endswith("[order.letters]")


def test_a_file_may_have_a_name_that_is_no_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"{NO_TEXT}.json"
    file.write_bytes(ORDERS.read_bytes())

    assert run("import", file).code == 0


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_file_that_cannot_be_read_any_more_is_a_sentence(run: Run) -> None:
    ran = run("import", "/proc/self/mem")

    assert ran.code == 2
    assert ran.sentence == "/proc/self/mem cannot be read: Input/output error. [input.unreadable]"


def test_without_debug_a_fault_is_a_sentence_and_the_log_has_the_rest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oms_desktop.app.opening.open_existing", lambda _address: 1 / 0)

    ran = run("check")

    assert ran.code == 2
    assert ran.sentence.endswith("[program.fault]")
    assert "Traceback" in (tmp_path / "data" / "oms.log").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_ends_a_command_quietly(demo: str, tmp_path: Path, unbuffered: str) -> None:
    told, pipe = os.pipe()
    os.close(told)

    ran = subprocess.run(
        program("--data-dir", tmp_path / "data", "--database", demo, "stock", "show"),
        stdout=pipe,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    os.close(pipe)

    log = tmp_path / "data" / "oms.log"
    assert (ran.returncode, ran.stderr) == (141, "")
    assert not log.exists() or "Traceback" not in log.read_text()


def test_debug_shows_where_an_error_came_from(tmp_path: Path) -> None:
    ran = subprocess.run(
        program("--debug", "check", "--data-dir", tmp_path), capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert "Traceback" in ran.stderr
    assert "database.missing" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_demo_is_played_and_tells_a_terminal_how_far_it_is(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    told, terminal = os.openpty()

    ran = subprocess.run(
        program(),
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
        env={**env, "XDG_DATA_HOME": str(tmp_path)},
        timeout=280,
    )
    os.close(terminal)
    shown = [line.strip() for line in os.read(told, 10_000).decode().split("\r")]
    os.close(told)

    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    assert lines[0] == "There is no display here, so the demo is played without a window."
    assert lines[1].startswith("6 orders taken")
    assert len(list((tmp_path / "oms-desktop").glob("demo-*/report.json"))) == 1
    assert [line for line in shown if line] == [
        "The warehouse is being made ...",
        "The orders are being worked ...",
        "The orders are being worked: 1 parcel packed ...",
        *(f"The orders are being worked: {number} parcels packed ..." for number in range(2, 7)),
        "The books are being proved ...",
    ]
    assert shown[-1] == ""
