"""Data pribadi pada kolom yang dicetak.

Apa: Kolom yang dicetak tidak memuat NIK atau nomor KK, nomor telepon, atau alamat surel.
Mengapa: Laporan reses dibaca umum; data pribadi peserta tidak boleh tersebar lewat laporan.
Salah: Bantuan modal untuk warga (NIK dan nomor telepon ditulis di uraian)
Benar: Bantuan modal untuk kelompok usaha di Dusun 1
Sumber: UU 27/2022 tentang Pelindungan Data Pribadi. Temuan ini tidak pernah mengulang data yang ditemukannya.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.personal import find
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, Meeting, Member, Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule, Spot

_MEMBER_TEXTS: tuple[tuple[str, Callable[[Member], str]], ...] = (
    ("nama", lambda row: row.name),
    ("jabatan", lambda row: row.position),
    ("fraksi", lambda row: row.fraction),
    ("komisi", lambda row: row.commission),
    ("dapil", lambda row: row.district),
)
_MEETING_TEXTS: tuple[tuple[str, Callable[[Meeting], str]], ...] = (
    ("tempat", lambda row: row.venue),
    ("kecamatan", lambda row: row.subdistrict),
    ("desa", lambda row: row.village),
    ("jam", lambda row: row.time),
    ("unsur", lambda row: row.groups),
    ("pendamping", lambda row: row.companions),
    ("acara", lambda row: "\n".join(row.agenda)),
)
_PROPOSAL_TEXTS: tuple[tuple[str, Callable[[Proposal], str]], ...] = (
    ("uraian", lambda row: row.text),
    ("lokasi", lambda row: row.location),
    ("keterangan", lambda row: row.remark),
    ("desa", lambda row: row.village),
    ("kecamatan", lambda row: row.subdistrict),
    ("bidang", lambda row: row.field),
    ("opd", lambda row: row.agency),
    ("volume", lambda row: row.volume),
    ("satuan", lambda row: row.unit),
    ("prioritas", lambda row: row.priority),
    ("status", lambda row: row.status),
    ("masalah", lambda row: row.problem),
    ("gagasan", lambda row: row.idea),
    ("program", lambda row: row.programme),
    ("penerima", lambda row: row.recipient),
    ("sumber", lambda row: row.origin),
    ("jenis", lambda row: row.kind),
    ("kewenangan", lambda row: row.authority),
)
_SHORTEST = 6
"""No pattern fits into fewer characters; most cells are skipped by that."""
_HELP = say("Hapus: laporan reses dibaca umum. Data peserta disimpan di daftar hadir.")


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each kind of personal data in each cell that is printed."""
    kinds = _Kinds()
    for member in ctx.recess.members:
        for column, name in _MEMBER_TEXTS:
            yield from _hits(kinds.of(name(member)), column, MEMBERS, member.row)
    for meeting in ctx.recess.meetings:
        for column, said in _MEETING_TEXTS:
            yield from _hits(kinds.of(said(meeting)), column, MEETINGS, meeting.row)
    for proposal in ctx.recess.proposals:
        for column, read in _PROPOSAL_TEXTS:
            text = read(proposal)
            if len(text) >= _SHORTEST:
                yield from _hits(kinds.of(text), column, PROPOSALS, proposal.row)


class _Kinds:
    """The kinds of personal data in texts; names that stand in thousands of rows are looked at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Message, ...]] = {}

    def of(self, text: str) -> tuple[Message, ...]:
        if len(text) < _SHORTEST:
            return ()
        if text not in self._known:
            self._known[text] = tuple(dict.fromkeys(mark.kind for mark in find(text)))
        return self._known[text]


def _hits(kinds: tuple[Message, ...], column: str, table: str, row: int) -> Iterator[Hit]:
    for kind in kinds:
        yield _hit(Spot(table, row, column), column, kind)


def _hit(spot: Spot, column: str, kind: Message) -> Hit:
    return Hit(spot, say("`{c}` memuat {kind}", c=column, kind=kind), _HELP)


RULE = Rule(
    code="ASP-04",
    name="data-pribadi",
    severity=Severity.ERROR,
    about=say("Kolom yang dicetak memuat data pribadi (NIK, nomor telepon, surel)."),
    source="UU 27/2022",
    doc=__doc__,
    check=check,
)
