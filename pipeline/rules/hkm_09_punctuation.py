"""Butir dasar hukum tanpa titik koma atau titik.

Apa: Setiap butir berakhir dengan titik koma, butir terakhir dengan titik; atau semuanya tanpa tanda baca.
Mengapa: Tanda yang bercampur terlihat sebagai naskah yang belum diperiksa.
Salah: butir 1 tanpa tanda, butir 2 berakhir titik koma
Benar: butir 1 berakhir titik koma, butir 2 (terakhir) berakhir titik
Sumber: UU 12/2011 Lampiran II angka 52.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit naming the items whose end differs, unless no item carries a mark at all."""
    ends = [text.rstrip().removesuffix("dan").rstrip()[-1:] for text in sop.legal_basis]
    if not any(end in (";", ".") for end in ends):
        return
    last = len(ends) - 1
    wrong = [index for index, end in enumerate(ends) if end not in ((".", ";") if index == last else (";",))]
    if wrong:
        yield Hit(
            ("dasar_hukum", wrong[0]),
            say(
                id="Butir {n} tidak berakhir dengan tanda yang sama dengan butir lain.",
                en="Item {n} does not end with the mark the others have.",
                n=", ".join(str(index + 1) for index in wrong),
            ),
            say(
                id="Akhiri setiap butir dengan titik koma (;) dan butir terakhir dengan titik (.).",
                en="End every item with a semicolon and the last one with a full stop.",
            ),
        )


RULE = Rule(
    code="HKM-09",
    name="tanda-akhir-butir",
    severity=Severity.WARNING,
    summary=say(
        id="Butir dasar hukum tanpa titik koma atau titik", en="Items of the legal basis end in different ways"
    ),
    source="UU 12/2011 Lampiran II angka 52",
    doc=__doc__,
    check=check,
)
