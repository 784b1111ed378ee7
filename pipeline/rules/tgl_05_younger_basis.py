"""Peraturan diundangkan sesudah SOP berlaku.

Apa: Setiap peraturan pada dasar hukum sudah diundangkan pada Tanggal Efektif SOP, atau pada revisinya yang terakhir.
Mengapa: Peraturan yang belum ada pada hari itu tidak dapat menjadi dasar: peraturannya keliru, atau SOP sudah direvisi
    tetapi tanggalnya belum.
Salah: PP Nomor 94 Tahun 2021 (31 Agustus 2021) pada SOP yang efektif 4 Januari 2021
Benar: PP Nomor 53 Tahun 2010 pada SOP yang efektif 4 Januari 2021
Sumber: UU 12/2011 Lampiran II angka 42; tanggal pengundangan menurut daftar bawaan dan regulasi.csv.
    Tahun yang lebih muda daripada SOP adalah temuan HKM-18.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import Citation
from pipeline.rules.register import promulgated


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per regulation, or amendment named, of the SOP's own year that was promulgated after it took effect."""
    day = _last(sop, ctx)
    if day is None:
        return
    for index, cited in ctx.cited:
        named = cited.amendment.by if cited.amendment is not None else ()
        for citation in (cited, *named):
            since = _promulgated(citation, ctx) if citation.complete and citation.year == day.year else None
            if since is None or since <= day:
                continue
            yield Hit(
                ("dasar_hukum", index),
                say(
                    "{c} diundangkan {s}, sesudah SOP berlaku ({d}).",
                    c=citation.short,
                    s=told_date(since),
                    d=told_date(day),
                ),
                say(
                    "Bila SOP sudah direvisi, isi Tanggal Revisi dan Tanggal Efektif yang baru; bila tidak, ganti "
                    "peraturannya dengan yang berlaku pada hari itu."
                ),
            )


def _promulgated(citation: Citation, ctx: Context) -> dt.date | None:
    """The day of promulgation, by the office's own register (``tanggal``) or that of the program."""
    row = ctx.register.find(citation)
    return row.promulgated if row is not None else promulgated().get(citation.short)


def _last(sop: Sop, ctx: Context) -> dt.date | None:
    """The last day on which the legal basis can have been written; a planned review is none."""
    if sop.effective is None:
        return None
    if sop.revised is None or sop.revised <= sop.effective:
        return sop.effective
    return sop.revised if sop.revised <= (ctx.facts.as_of or ctx.facts.today) else sop.effective


RULE = Rule(
    code="TGL-05",
    name="dasar-hukum-lebih-muda",
    severity=Severity.WARNING,
    summary=say("Peraturan diundangkan sesudah SOP berlaku"),
    source="UU 12/2011 Lampiran II angka 42",
    doc=__doc__,
    check=check,
)
