"""Where a SQLite file may lie: not on a network drive, whose locks cannot be trusted."""

import sys
from pathlib import Path

from oms_desktop.errors import InputError

NETWORK_KINDS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ncpfs",
    "9p",
    "fuse.sshfs",
    "davfs",
    "glusterfs",
    "ceph",
}

_MOUNTS = Path("/proc/mounts")


def refuse_network_drive(file: str | None) -> None:
    """Raise InputError when `file` lies on a drive of another machine (UNC path, NFS, SMB, ...)."""
    if not file or file == ":memory:":
        return
    remote = file.startswith(("\\\\", "//")) if sys.platform == "win32" else _kind(file) in NETWORK_KINDS
    if remote:
        raise InputError(
            "database.network_drive",
            f"{file} lies on a network drive, where SQLite breaks. Choose a local folder, or PostgreSQL.",
        )


def _kind(file: str) -> str:
    if not _MOUNTS.exists():
        return ""
    return mounted_as(Path(file).absolute(), _MOUNTS.read_text(encoding="utf-8", errors="replace"))


def mounted_as(path: Path, mounts: str) -> str:
    """Return the file system type that holds `path`, read from the text of ``/proc/mounts``."""
    best, kind = "", ""
    for line in mounts.splitlines():
        _device, point, found, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if len(point) >= len(best) and (path.is_relative_to(point)):
            best, kind = point, found
    return kind
