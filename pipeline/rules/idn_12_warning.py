"""Peringatan tanpa bentuk jika-maka atau batas waktu.

Apa: Sedikitnya satu butir peringatan menyatakan akibat (jika ..., maka ...) atau batas waktu, dan tidak ada kalimat
    yang terpotong menjadi dua butir pada komanya.
Mengapa: Peringatan yang hanya umum tidak memberi tahu pelaksana apa yang terjadi bila prosedur dilanggar.
Salah: Pelaksanaan harus sesuai prosedur; Keterlambatan menyebabkan gangguan
Benar: Jika laporan tidak disampaikan, maka reses berikutnya tidak dapat dilaksanakan
Sumber: PermenPAN-RB 35/2012, unsur identitas: peringatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import states

_IF = re.compile(r"\b(?:jika|apabila|bila|bilamana|kalau|dalam hal)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:maka|akan|mengakibatkan|menyebabkan|berakibat|berdampak)\b"
    # Without "maka", the consequence is what follows the comma: "Jika terlambat, rapat tidak dapat dilaksanakan".
    r"|,\s.*\b(?:dapat|tidak|terhambat|terganggu|tertunda|terlambat)\b",
    re.IGNORECASE | re.DOTALL,
)
_LIMIT = re.compile(
    r"\b\d+\s*(?:\([^)]*\)\s*)?(?:detik|menit|jam|hari|minggu|bulan|tahun)\b|\bpaling (?:lambat|lama)\b", re.IGNORECASE
)


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per sentence cut in two; else one hit when no warning of the SOP states a consequence or a limit."""
    cuts = [index for index, pair in enumerate(pairwise(sop.warnings)) if _is_cut(*pair)]
    for index in cuts:
        yield Hit(
            ("peringatan", index + 1),
            say(
                'Butir {m} dan {n} tampaknya satu kalimat yang terpotong pada koma ("{a}").',
                m=index + 1,
                n=index + 2,
                a=f"{sop.warnings[index]} / {sop.warnings[index + 1]}",
            ),
            say(
                "Di dalam [...] koma memisahkan butir: apit kalimat dengan tanda kutip, atau tulis satu butir "
                "per baris dengan `- `."
            ),
        )
    if cuts or not states(*sop.warnings) or any(_is_clear(text) for text in sop.warnings):
        return
    yield Hit(
        ("peringatan",),
        say("Peringatan tidak berbentuk jika-maka dan tidak menyebut batas waktu."),
        say('Tulis akibatnya, misalnya "Jika ..., maka ...", atau batas waktunya.'),
    )


def _is_cut(first: str, second: str) -> bool:
    """Is ``first`` a condition without consequence or end mark, and ``second`` what follows it in lower case?"""
    open_end = _IF.match(first.strip()) and not _THEN.search(first) and not first.rstrip().endswith((".", ";", "!"))
    return bool(open_end) and second.strip()[:1].islower()


def _is_clear(text: str) -> bool:
    return bool((_IF.search(text) and _THEN.search(text)) or _LIMIT.search(text))


RULE = Rule(
    code="IDN-12",
    name="peringatan-kabur",
    severity=Severity.WARNING,
    summary=say("Peringatan tanpa jika-maka atau batas waktu"),
    source="PermenPAN-RB 35/2012, unsur identitas: peringatan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
