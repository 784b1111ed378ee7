"""What all that writes files needs of the system, be it under the outputs or in an archive."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

_UMASK = threading.Lock()
"""The mask is one for the whole process, and can only be read by setting it."""


def umask() -> int:
    """The permissions that new files and folders of this process go without."""
    with _UMASK:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk where the system allows it (not on Windows)."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
