"""Butir dasar hukum tanpa titik koma atau titik.

Apa: Setiap butir berakhir dengan titik koma, butir terakhir dengan titik.
Mengapa: Butir tanpa tanda akhir terlihat sebagai naskah yang belum diperiksa.
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
    """A hit per item without its mark; one for the whole list when no item has one."""
    ends = [text.rstrip().removesuffix("dan").rstrip()[-1:] for text in sop.legal_basis]
    last = len(ends) - 1
    wrong = [index for index, end in enumerate(ends) if end not in ((".", ";") if index == last else (";",))]
    if wrong and not any(end in (";", ".") for end in ends):
        yield Hit(
            ("dasar_hukum",),
            say(
                id="Butir dasar hukum tidak berakhir dengan titik koma atau titik.",
                en="The items of the legal basis end with neither a semicolon nor a full stop.",
            ),
            _HELP,
        )
        return
    for index in wrong:
        mark, english = ("titik (.)", "a full stop") if index == last else ("titik koma (;)", "a semicolon")
        yield Hit(
            ("dasar_hukum", index),
            say(
                id="Butir {n} tidak berakhir dengan {m}.",
                en="Item {n} does not end with {e}.",
                n=index + 1,
                m=mark,
                e=english,
            ),
            _HELP,
        )


_HELP = say(
    id="Akhiri setiap butir dengan titik koma (;) dan butir terakhir dengan titik (.).",
    en="End every item with a semicolon and the last one with a full stop.",
)

RULE = Rule(
    code="HKM-09",
    name="tanda-akhir-butir",
    severity=Severity.WARNING,
    summary=say(
        id="Butir dasar hukum tanpa titik koma atau titik",
        en="Items of the legal basis lack their semicolon or full stop",
    ),
    source="UU 12/2011 Lampiran II angka 52",
    doc=__doc__,
    check=check,
)
