"""Where a benchmark may write: a folder on a real disk, with its file system and how long it syncs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

_IN_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
_MOUNTS = Path("/proc/mounts")
_SYNCS = 50


@dataclass(frozen=True)
class Disk:
    """A new folder on a disk. `fsync_ms` is the median of syncing a page of 4 KiB appended to a file."""

    folder: Path
    file_system: str
    fsync_ms: float


@contextmanager
def real_disk() -> Iterator[Disk]:
    """Make a folder that is not in memory and take it away afterwards; SystemExit where there is none."""
    bases = (Path(tempfile.gettempdir()), Path.cwd(), Path.home())
    base = next((each for each in bases if file_system(each) not in _IN_MEMORY), None)
    if base is None:
        raise SystemExit("No folder on a real disk: set TMPDIR to one.")
    with tempfile.TemporaryDirectory(prefix="oms-bench-", dir=base) as name:
        folder = Path(name)
        yield Disk(folder, file_system(folder), _fsync_ms(folder / "probe"))


def file_system(folder: Path) -> str:
    """Return the type of the file system a folder lies on, ``unknown`` where the system does not tell."""
    if not _MOUNTS.exists():
        return "unknown"
    whole = folder.resolve()
    found = [line.split()[1:3] for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    mounts = [(point, kind) for point, kind in found if whole.is_relative_to(point)]
    # Of two on one point the later hides the earlier.
    return max(enumerate(mounts), key=lambda each: (len(each[1][0]), each[0]))[1][1]


def _fsync_ms(file: Path) -> float:
    times = []
    with file.open("wb", buffering=0) as probe:
        for _ in range(_SYNCS):
            begun = perf_counter()
            probe.write(bytes(4096))
            os.fsync(probe.fileno())
            times.append((perf_counter() - begun) * 1000)
    file.unlink()
    return median(times)
