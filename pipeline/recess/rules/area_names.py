"""Names of areas and groups as people write them, brought to one form: "Kec. Contoh", "DAPIL II", "F-Melati"."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.recess.text import squash

_PLACE = re.compile(r"^(?:(?:kecamatan|kec|distrik|desa|kelurahan|kel|ds|nagari|kampung|gampong|pekon|negeri) )+")
_DISTRICT = re.compile(r"\b(?:daerah pemilihan|dapil)\b")
_FRACTION = re.compile(r"^(?:fraksi|f|partai|fpd)\s+")
_ROMAN = re.compile(r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})$")
_VALUES = {"i": 1, "v": 5, "x": 10}
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """A kecamatan or desa without the word for what it is, and without blanks: "Kec. Sumber Agung", "SUMBERAGUNG"."""
    plain = squash(name)
    return (_PLACE.sub("", plain) or plain).replace(" ", "")


@lru_cache(maxsize=4096)
def district_key(name: str) -> str:
    """A dapil without that word, its number in digits: "Dapil II", "Daerah Pemilihan 2"."""
    words = _DISTRICT.sub(" ", squash(name)).split()
    return " ".join(_LEADING_ZEROS.sub("", _number(word)) for word in words)


@lru_cache(maxsize=4096)
def fraction_key(name: str) -> str:
    """A fraksi without that word: "F-Melati", "Fraksi Partai Melati", "MELATI"."""
    plain = squash(name)
    before = ""
    while before != plain:
        before, plain = plain, _FRACTION.sub("", plain)
    return " ".join(_number(word) for word in plain.split())


@lru_cache(maxsize=4096)
def commission_key(name: str) -> str:
    """A komisi, its number in digits where it is Roman: "Komisi II", "Komisi 2"."""
    return " ".join(_number(word) for word in squash(name).split())


def _number(word: str) -> str:
    if not _ROMAN.match(word):
        return word
    values = [_VALUES[sign] for sign in word]
    return str(sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True)))
