"""Takes from the superuser what lets it write anywhere, for tests of folders that may only be read."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION = 0x20080522
_WRITES_ANYWHERE = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def ordinary_rights() -> Iterator[None]:
    """Within, this thread and what it forks write only where permissions allow it. Skips where that cannot be had.

    Also a decorator of tests.
    """
    if sys.platform == "win32":
        pytest.skip("rights of POSIX")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("the superuser may write everywhere")
    library = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    if library.capget(ctypes.byref(header), sets):
        pytest.skip("the superuser may write everywhere")
    before = sets[0].effective
    sets[0].effective = before & ~_WRITES_ANYWHERE
    if library.capset(ctypes.byref(header), sets):
        pytest.skip("the superuser may write everywhere")
    try:
        yield
    finally:
        sets[0].effective = before
        assert library.capset(ctypes.byref(header), sets) == 0
