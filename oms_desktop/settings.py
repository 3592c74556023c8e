"""Settings of this station and the places on disk: data folder, database address, resources.

Settings live in ``settings.toml`` in the data folder. Every one has a default, so that a missing
file is no error; a file that cannot be read, or an unknown or ill-typed entry, is.
"""

import re
from dataclasses import dataclass, fields
from pathlib import Path

import tomlkit
from platformdirs import user_data_path
from tomlkit.exceptions import TOMLKitError

from oms_desktop.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Find a file or folder of `resources/`, in the checkout or in the installed package."""
    inside = _PACKAGE / "resources" / name
    return inside if inside.exists() else _PACKAGE.parent / "resources" / name


def data_folder() -> Path:
    """Folder of this user's data, by the custom of the operating system."""
    return user_data_path("oms-desktop", appauthor=False)


@dataclass(frozen=True)
class Settings:
    """What a station is set to.

    `scanner` and `scale` are port addresses (``serial:///dev/ttyUSB0?baud=9600``), empty for none;
    `printer` is a folder that receives PDF files, empty for ``documents`` in the data folder;
    `sscc_prefix` is the GS1 company prefix of this site's parcels (9524000 is in the range that
    GS1 keeps for demonstrations); files of orders in `drop_folder` are taken, empty for none. The others
    are rules for orders that come in: see `app.house`.
    """

    database: str = ""
    station: str = "STATION-1"
    scanner: str = ""
    scale: str = ""
    printer: str = ""
    sscc_prefix: str = "9524000"
    theme: str = "light"
    drop_folder: str = ""
    cut_off: str = "14:00"
    ship_hour: str = "17:00"
    payments: str = ""
    blocked_countries: str = ""
    value_limits: str = ""
    duplicate_hours: str = "24"
    held_stock: str = "keep"


_HOUR = r"([01]\d|2[0-3]):[0-5]\d"
_FORMS = {
    "station": (re.compile(r"\w[\w .-]*"), "a name of letters, digits, spaces, dots and hyphens"),
    "sscc_prefix": (re.compile(r"[0-9]{4,12}"), "a GS1 company prefix of 4 to 12 digits"),
    "theme": (re.compile(r"light|dark"), "light or dark"),
    "cut_off": (re.compile(rf"|{_HOUR}"), "an hour such as 14:00, or nothing"),
    "ship_hour": (re.compile(_HOUR), "an hour such as 17:00"),
    "payments": (
        re.compile(r"|\w+: ?[\w -]+(, ?[\w -]+)*(; ?\w+: ?[\w -]+(, ?[\w -]+)*)*"),
        "something like “shopify: paid, authorized; csv: paid”",
    ),
    "blocked_countries": (re.compile(r"|[A-Z]{2}(, ?[A-Z]{2})*"), "countries of two letters with commas"),
    "value_limits": (
        re.compile(r"|[A-Z]{3} \d+(\.\d+)?(, ?[A-Z]{3} \d+(\.\d+)?)*"),
        "amounts such as “EUR 500, USD 600”",
    ),
    "duplicate_hours": (re.compile(r"\d{1,4}"), "a number of hours"),
    "held_stock": (re.compile(r"keep|free"), "keep or free"),
}
"""What the text of a setting has to look like: the station's name is part of a file's name."""


def load(folder: Path) -> Settings:
    """Read ``settings.toml`` of a data folder; InputError names the file and the entry at fault."""
    path = folder / "settings.toml"
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (TOMLKitError, UnicodeDecodeError, OSError) as error:
        form = (
            ' A value is a text in quotes, such as theme = "dark".' if isinstance(error, TOMLKitError) else ""
        )
        text = f"{path} cannot be read as settings: {error}.{form}"
        raise InputError("settings.unreadable", text) from error
    known = {field.name for field in fields(Settings)}
    for name, value in document.items():
        if name not in known:
            raise InputError("settings.unknown", f"{path} sets {name}, which is no setting.")
        if not isinstance(value, str):
            raise InputError("settings.type", f"{path}: {name} is {value!r}; a text in quotes is expected.")
        if name in _FORMS and not _FORMS[name][0].fullmatch(value):
            raise InputError("settings.value", f"{path}: {name} is {value!r}; {_FORMS[name][1]} is expected.")
    return Settings(**document)


def save(folder: Path, settings: Settings) -> None:
    """Write ``settings.toml``; comments and order of an existing file are kept."""
    path = folder / "settings.toml"
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    for field in fields(Settings):
        document[field.name] = getattr(settings, field.name)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def default_database(folder: Path) -> str:
    """Address of the embedded database in a data folder."""
    return f"sqlite:///{folder / 'oms.sqlite'}"
