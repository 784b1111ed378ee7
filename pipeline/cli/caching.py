"""Where results of earlier checks are kept: ``TERTIB_CACHE``, else the folder that the system has for such files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

VARIABLE: Final = "TERTIB_CACHE"
_NOWHERE: Final = frozenset(("", "0", "no", "off", "tidak"))


def cache_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The folder, absolute; None where nothing is to be kept or the system names no folder."""
    stated = environment.get(VARIABLE)
    if stated is not None:
        return None if stated.strip().lower() in _NOWHERE else Path(stated).absolute()
    try:
        base = _base(environment, platform)
    except RuntimeError:  # no home
        return None
    return base / "tertib" if base is not None and base.is_absolute() else None


def _base(environment: Mapping[str, str], platform: str) -> Path | None:
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) if local else None
    given = Path(environment.get("XDG_CACHE_HOME", ""))
    # The rule of the XDG specification: a path that is not absolute does not count.
    if platform != "darwin" and given.is_absolute():
        return given
    home = Path.home()
    if not home.is_dir():  # nobody wants a home to be made for a cache
        return None
    return home / "Library" / "Caches" if platform == "darwin" else home / ".cache"
