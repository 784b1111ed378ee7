"""Volumes and units as people write them: one name for a unit, and the number in a cell."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from pipeline.recess.text import squash

_SAME = (
    ("m", "meter", "mtr", "mt", "meteran", "m lari", "meter lari", "m1", "mlari", "ml", "m panjang"),
    ("m2", "meter2", "meter persegi", "m persegi", "mtr2", "meter kuadrat", "m kuadrat"),
    ("m3", "meter3", "meter kubik", "m kubik", "mtr3", "kubik", "kibik"),
    ("km", "kilometer", "kilo meter"),
    ("ha", "hektar", "hektare"),
    ("unit", "buah", "bh", "bh unit", "unit buah", "pcs", "biji", "units"),
    ("paket", "pkt", "ls", "lumpsum", "lump sum", "pakt"),
    ("orang", "org", "jiwa", "peserta"),
    ("kegiatan", "keg", "kali", "kegiatan kali"),
    ("titik", "ttk", "tk", "spot"),
    ("ruang", "rg", "kelas", "lokal", "ruang kelas", "ruangan"),
    ("set", "stel"),
    ("siswa", "murid", "pelajar"),
    ("kk", "kepala keluarga", "keluarga"),
    ("sambungan", "sr", "sambungan rumah"),
    ("kelompok", "klp", "kel", "kelompok tani", "poktan"),
    ("lokasi", "tempat", "lok"),
    ("kg", "kilogram", "kilo"),
    ("liter", "ltr"),
    ("ekor", "ekr"),
    ("rumah", "unit rumah", "rtlh"),
)
_CANONICAL = {name: names[0] for names in _SAME for name in names}
_SIGNS = str.maketrans({"²": "2", "³": "3", "’": "", "'": "", "′": "", "`": "", "\u00b9": ""})
_NUMBER = re.compile(
    r"(?P<point>\d{1,9})\.(?P<tenths>\d{1,2})(?![\d.])|(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(?P<decimals>\d{1,6}))?"
)

MEASURED = frozenset(("m", "m2", "m3", "km", "ha", "orang", "siswa", "kk", "ekor", "kg", "titik", "ruang", "sambungan"))
"""Units that say how much of one thing; "unit" or "paket" may be a bridge or a bench."""


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """What ``text`` (``satuan``) means: "M'", "meter" and "m" are one; "" for an empty cell."""
    plain = squash(text.translate(_SIGNS))
    return _CANONICAL.get(plain, plain)


@lru_cache(maxsize=8192)
def quantity(text: str, unit: str = "") -> Fraction | None:
    """The number in ``text`` (``volume``): 500, 1.500, 2,5 and 2.5; behind it may stand ``unit``. None for others."""
    plain = text.strip()
    found = _NUMBER.match(plain)
    if found is None:
        return None
    rest = plain[found.end() :].strip()
    if rest and unit_key(rest) != unit_key(unit):
        return None
    whole = found["point"] or found["whole"].replace(".", "")
    decimals = found["tenths"] or found["decimals"]
    return Fraction(f"{whole}.{decimals}" if decimals else whole)
