"""Usulan dimasukkan setelah batas waktu daerah.

Apa: `tanggal_masuk` pada bagian `pokir` di reses.yaml tidak lewat dari `batas`. Bila `tanggal_masuk` kosong dan batas
    sudah lewat hari ini, diberi peringatan.
Mengapa: Pokok-pokok pikiran yang terlambat menunggu tahun berikutnya atau perubahan RKPD.
Salah: batas 2026-02-28, tanggal_masuk 2026-03-04
Benar: batas 2026-02-28, tanggal_masuk 2026-02-25
Sumber: Batas yang ditetapkan daerah; Permendagri 86/2017 Pasal 78 dan Pasal 178.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.recess.rules.base import Hit, RecessContext, Rule


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit when the day of entry, or without one today, is later than the deadline."""
    planning = ctx.recess.planning
    if planning is None or planning.deadline is None:
        return
    if planning.entered is not None and planning.entered > planning.deadline:
        yield Hit(
            ctx.key("pokir", "tanggal_masuk"),
            say(
                "usulan dimasukkan {a}, setelah batas {b}",
                a=told_date(planning.entered),
                b=told_date(planning.deadline),
            ),
            say("Periksa kedua tanggal; bila memang terlambat, usulkan untuk tahun berikutnya atau perubahan RKPD."),
        )
    elif planning.entered is None and ctx.today is not None and ctx.today > planning.deadline:
        yield Hit(
            ctx.key("pokir", "batas"),
            say("batas memasukkan usulan, {b}, sudah lewat", b=told_date(planning.deadline)),
            say("Isi `tanggal_masuk` dengan hari usulan dimasukkan ke SIPD."),
            Severity.WARNING,
        )


RULE = Rule(
    code="PKR-06",
    name="lewat-batas-waktu",
    severity=Severity.ERROR,
    about=say("Usulan dimasukkan ke SIPD setelah batas waktu daerah."),
    source="Permendagri 86/2017 Pasal 78 dan 178; batas yang ditetapkan daerah",
    doc=__doc__,
    check=check,
)
