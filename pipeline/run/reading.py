"""Reads whole files that people name: only what is a file, and of a size that can be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of the biggest file that is read; PDFs are refused long before (see ``pipeline.sign.reading``)."""


def read_file(path: Path) -> bytes:
    """The bytes of ``path``. Raises OSError, also for a pipe or a device: those may be waited for in vain."""
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
    if found.st_size > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_bytes()
