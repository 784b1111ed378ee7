"""Results that several rules ask for, worked out once for each SOP."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from pipeline.model.sop import Sop

_Result = TypeVar("_Result")


class _Same:
    """An SOP as a key of a cache: by identity, for comparing two by content takes longer than reading one."""

    __slots__ = ("sop",)

    def __init__(self, sop: Sop) -> None:
        self.sop = sop

    def __hash__(self) -> int:
        return id(self.sop)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.sop is self.sop


def per_sop(make: Callable[[Sop], _Result]) -> Callable[[Sop], _Result]:
    """``make``, which keeps what it gave for the last few SOPs: rules look at one SOP after the other."""
    kept = lru_cache(maxsize=4)(lambda same: make(same.sop))

    @wraps(make)
    def remembered(sop: Sop) -> _Result:
        return kept(_Same(sop))

    return remembered
