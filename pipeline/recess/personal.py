"""Rule ASP-04: personal data in columns that are printed. The finding never repeats what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.model import recess_rules as rules
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.model.recess import MEETINGS, PROPOSALS, Meeting, Proposal, Recess, RecessInput

_PATTERNS: tuple[tuple[Message, re.Pattern[str]], ...] = (
    (
        say("nomor 16 angka (NIK atau nomor KK)"),
        re.compile(r"(?<!\d)\d{4}(?:[ .-]?\d{4}){3}(?!\d)|(?<!\d)\d{6}[ .-]?\d{6}[ .-]?\d{4}(?!\d)"),
    ),
    (
        say("nomor telepon"),
        re.compile(r"(?<![\d.,])(?:\+?62[ .-]?|0)8\d{1,2}(?:[ .-]?\d{3,4}){2}\d{0,2}(?!\d)"),
    ),
    (say("alamat surel"), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
)
_PROPOSAL_TEXTS: tuple[tuple[str, Callable[[Proposal], str]], ...] = (
    ("uraian", lambda row: row.text),
    ("lokasi", lambda row: row.location),
    ("keterangan", lambda row: row.remark),
    ("desa", lambda row: row.village),
    ("kecamatan", lambda row: row.subdistrict),
    ("volume", lambda row: row.volume),
    ("satuan", lambda row: row.unit),
    ("status", lambda row: row.status),
)
_MEETING_TEXTS: tuple[tuple[str, Callable[[Meeting], str]], ...] = (
    ("tempat", lambda row: row.venue),
    ("desa", lambda row: row.village),
    ("jam", lambda row: row.time),
)
_SHORTEST = 6
"""No pattern fits into fewer characters; most cells are skipped by that."""


def personal_data(item: RecessInput, recess: Recess) -> Iterator[Finding]:
    """A finding for each kind of personal data in each cell that is printed."""
    for meeting in recess.meetings:
        for column, text in _MEETING_TEXTS:
            yield from _cell(item, MEETINGS, meeting.row, column, text(meeting))
    for proposal in recess.proposals:
        for column, read in _PROPOSAL_TEXTS:
            yield from _cell(item, PROPOSALS, proposal.row, column, read(proposal))


def _cell(item: RecessInput, table: str, row: int, column: str, text: str) -> Iterator[Finding]:
    if len(text) < _SHORTEST:
        return
    for kind, pattern in _PATTERNS:
        if pattern.search(text):
            yield rules.PERSONAL.finding(
                item.tables[table].place(row, column),
                say("`{c}` memuat {kind}", c=column, kind=kind),
                say("Hapus: laporan reses dibaca umum. Data peserta disimpan di daftar hadir."),
                document=item.id,
            )
