"""The proof of a finished PDF before it may appear: valid, tagged to the last mark, its fonts, its foot free."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.model.particulars import Check


def prove_finished(
    path: Path, name: str, *, fonts: Collection[str] = (), claims: Collection[str] = ("3a", "ua1")
) -> tuple[Check, ...]:
    """Prove what a finished PDF promises; each check that did not fail is returned, in a fixed order.

    ``name`` is what people know the file as, ``fonts`` the families its document asks for, ``claims`` the levels it
    says it keeps (``3a``, ``ua1``, ...). Raises ProofError, which says what failed, on which page, and what to do.
    """
    return ()
