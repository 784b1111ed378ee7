"""What the signature rules share: where the signer stands, ranks and grades."""

from __future__ import annotations

from pipeline.model.finding import DataPath
from pipeline.model.office import Official
from pipeline.model.sop import Sop

_JUNIOR = ("Muda", "Muda Tingkat I", "", "Tingkat I")
GRADES: dict[str, str] = {
    **{f"I/{letter}": f"Juru {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    **{f"II/{letter}": f"Pengatur {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    **{f"III/{letter}": f"Penata {part}".strip() for letter, part in zip("abcd", _JUNIOR, strict=True)},
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Grade -> rank of a civil servant."""


def signer_path(_sop: Sop) -> DataPath:
    """Where the signer stands; the reader maps it to the row of ``pejabat.csv`` or the mapping itself."""
    return ("pengesah",)


def is_council(signer: Official) -> bool:
    """Is the signer a leader or member of the council, who has no NIP?"""
    position = signer.position.lower()
    return position.startswith(("ketua dprd", "wakil ketua", "pimpinan", "anggota dprd", "ketua dewan"))


def plain_grade(text: str) -> str:
    """``"IV / C"`` -> ``"IV/c"``."""
    head, _, tail = "".join(text.split()).strip("()").replace(".", "/").partition("/")
    return f"{head.upper()}/{tail.lower()}" if tail else head.upper()


def plain_rank(text: str) -> str:
    """``"Pembina Tk. I"`` -> ``"pembina tingkat i"``."""
    words = text.lower().replace("tk.", "tingkat ").replace(",", " ").split()
    return " ".join("tingkat" if word == "tk" else "i" if word == "1" else word for word in words)
