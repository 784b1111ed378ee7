"""Laporan reses tidak disampaikan kepada Pimpinan DPRD.

Apa: Laporan reses disampaikan oleh Anggota DPRD kepada Pimpinan DPRD.
Mengapa: Anggota yang tidak melapor kepada Pimpinan DPRD tidak dapat melaksanakan reses berikutnya.
Salah: laporan diserahkan kepada dewan untuk dirapatkan pada forum paripurna
Benar: Menyampaikan laporan hasil reses kepada Pimpinan DPRD
Sumber: PP 12/2018 Pasal 88 ayat (5) dan (6). Bila laporan diserahkan kepada pihak lain, temuannya kesalahan; bila
    langkahnya tidak ada, atau laporan berhenti di sekretariat, peringatan, karena mungkin diatur dalam SOP lain.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.parties import Party, is_outside
from pipeline.rules.recess_days import recess_rows
from pipeline.rules.recess_report import reaches_leaders, receivers
from pipeline.rules.shapes import numbered, span_of
from pipeline.rules.vocabulary import actor_groups


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit for an SOP in which a recess is held and the report does not reach the leaders of the council."""
    held = recess_rows(sop)
    if ctx.narrative or not held or reaches_leaders(sop, ctx):
        return
    others = list(receivers(sop, ctx))
    if not others:
        yield Hit(
            ("langkah", held[0]),
            say("Tidak ada langkah menyampaikan laporan reses kepada Pimpinan DPRD."),
            _help(),
            severity=Severity.WARNING,
        )
        return
    row, party = next((pair for pair in others if not _inside(pair[1], ctx)), others[0])
    yield Hit(
        ("langkah", row, "kegiatan"),
        say(
            'Langkah {n} menyerahkan laporan reses kepada "{a}", bukan kepada Pimpinan DPRD.',
            n=numbered(sop.steps[row], row),
            a=party.written,
        ),
        _help(),
        severity=Severity.WARNING if _inside(party, ctx) else None,
        span=span_of(sop.steps[row].activity, party.written),
    )


def _inside(party: Party, ctx: Context) -> bool:
    """Is the receiver of the secretariat, which may pass the report on?"""
    group = actor_groups().get(party.name)
    return group == "setwan" or (group is None and not is_outside(party, ctx.office))


def _help() -> Message:
    return say('Tulis langkah "Menyampaikan laporan hasil reses kepada Pimpinan DPRD" (pelaksana: Anggota DPRD).')


RULE = Rule(
    code="RES-06",
    name="penerima-laporan-reses",
    severity=Severity.ERROR,
    summary=say("Laporan reses tidak disampaikan kepada Pimpinan DPRD"),
    source="PP 12/2018 Pasal 88 ayat (5)",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
