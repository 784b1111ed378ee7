"""Nomor langkah tidak urut.

Apa: Langkah bernomor 1, 2, 3 dan seterusnya tanpa loncat, ganda, atau kosong.
Mengapa: Cabang dan rujukan memakai nomor langkah; nomor yang loncat membuat langkah terlewat.
Salah: 1, 2, 4
Benar: 1, 2, 3
Sumber: PermenPAN-RB 35/2012, kolom No; catatan pemeriksa atas SOP Sekretariat DPRD.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit where the count first goes wrong, and at every number used before."""
    seen: set[int] = set()
    allowed = {1}
    for row, step in enumerate(sop.steps):
        number, expected = step.number, min(allowed)
        if number is None:
            allowed = {n + 1 for n in allowed}  # the reader has said that it cannot be read
            continue
        if number in seen:
            yield _hit(row, say("Nomor langkah {n} dipakai dua kali.", n=number))
            # Either the count went wrong here, or only this number was mistyped.
            allowed |= {n + 1 for n in allowed}
            continue
        if number not in allowed:
            wrong = say("Nomor langkah {n}, seharusnya {e}.", n=number, e=expected)
            yield _hit(row, wrong)
        seen.add(number)
        allowed = {number + 1 if number >= expected else expected}


def _hit(row: int, message: Message) -> Hit:
    return Hit(
        ("langkah", row, "no"),
        message,
        say("Nomori ulang dari 1, lalu sesuaikan ya, tidak, cabang, lanjut, dan dalam."),
    )


RULE = Rule(
    code="KEG-07",
    name="nomor-langkah",
    severity=Severity.ERROR,
    summary=say("Nomor langkah tidak urut"),
    source="PermenPAN-RB 35/2012, kolom No",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
