"""Free fonts that may stand in for others: the same widths, so a page set in one breaks its lines as in the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

STAND_INS: Final = {
    "arial": ("Liberation Sans", "Arimo"),
    "helvetica": ("Arial", "Liberation Sans", "Nimbus Sans"),
    "arial narrow": ("Liberation Sans Narrow",),
    "times new roman": ("Liberation Serif", "Tinos"),
    "times": ("Times New Roman", "Liberation Serif", "Nimbus Roman"),
    "courier new": ("Liberation Mono", "Cousine"),
    "courier": ("Courier New", "Liberation Mono", "Nimbus Mono PS"),
    "calibri": ("Carlito",),
    "cambria": ("Caladea",),
    "bookman old style": ("URW Bookman", "Bookman URW", "URW Bookman L"),
    "century schoolbook": ("C059",),
    "palatino linotype": ("P052", "URW Palladio L"),
    "book antiqua": ("P052", "URW Palladio L"),
    "georgia": ("Gelasio",),
    "liberation sans": ("Arial", "Arimo"),
    "liberation serif": ("Times New Roman", "Tinos"),
    "liberation mono": ("Courier New", "Cousine"),
    "carlito": ("Calibri",),
    "caladea": ("Cambria",),
}
"""By family in lower case, the families as wide: Liberation was drawn to the widths of Arial, Times New Roman and
Courier New, Croscore (Arimo, Tinos, Cousine) as well, Carlito to those of Calibri, Caladea to those of Cambria, Gelasio
to those of Georgia; the URW fonts are the clones of the PostScript ones (C059, P052, Bookman) that fontconfig and
Windows treat as one with the families named here."""
_PACKAGES: Final = {
    "liberation": "fonts-liberation",
    "carlito": "fonts-crosextra-carlito",
    "caladea": "fonts-crosextra-caladea",
    "urw bookman": "fonts-urw-base35",
    "c059": "fonts-urw-base35",
    "p052": "fonts-urw-base35",
    "nimbus": "fonts-urw-base35",
}


def squeezed(family: str) -> str:
    """``family`` as fonts of a PDF are named: without spaces and case."""
    return "".join(sign for sign in family.lower() if sign.isalnum())


def acceptable(family: str) -> tuple[str, ...]:
    """``family`` and the families that may be printed instead of it."""
    return (family, *STAND_INS.get(family.strip().lower(), ()))


def package_of(families: Iterable[str]) -> str:
    """The package of Debian that has one of ``families``, "" when none is known to."""
    names = [family.lower() for family in families]
    return next((package for start, package in _PACKAGES.items() if any(n.startswith(start) for n in names)), "")
