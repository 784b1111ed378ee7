"""Folders among the system's temporary files in which LibreOffice works; those of runs that were killed go."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.resources import temporary_folder

_LOCK = "kunci"
_SOCKETS = (Path("/tmp"), Path("/var/tmp"))
"""Where LibreOffice puts the socket of an office; TMPDIR does not count for it."""


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder that is gone afterwards, with the next run at the latest. Raises OutputError where there is none."""
    _sweep()
    with temporary_folder() as folder, (folder / "kunci-baru").open("ab") as lock:
        # Under its right name it is locked already: nobody takes the folder for one that was left behind.
        if _try_lock(lock):
            (folder / "kunci-baru").rename(folder / _LOCK)
        yield folder


def forget(profile: Path) -> None:
    """Remove what a LibreOffice that was ended leaves outside its own folder."""
    # Its name is the MD5 of the profile's URL, each byte in hexadecimal without a leading zero.
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    for folder in _SOCKETS:
        for path in folder.glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}"):
            path.unlink(missing_ok=True)


def _sweep() -> None:
    for path in Path(tempfile.gettempdir()).glob(f"tertib-*/{_LOCK}"):
        try:
            with path.open("ab") as lock:
                if _try_lock(lock):
                    for inside in path.parent.glob("*/.lock"):
                        forget(inside.parent)
                    shutil.rmtree(path.parent, ignore_errors=True)
        except OSError:
            continue  # another user's, or another run is just removing it


def _try_lock(lock: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return False  # what was killed there stays: Windows clears its folder of temporary files
    import fcntl

    try:
        # Not lockf: within one process that would be free for everybody.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
