"""The public edition of a recess: the same rows and sums, without personal data (UU 27/2022). Pure.

What looks like personal data is taken out of every text. Left out altogether are remarks, recipients, companions,
attachments, coordinates and numbers of officials: what people write there is about persons, in forms that no pattern
knows. Names of members of the council stay: they hold a public office, and the report is about how they carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from pipeline.model.message import Message
from pipeline.model.office import Office, Official
from pipeline.model.personal import find
from pipeline.model.public import GONE, PublicEdition, Removed, normal
from pipeline.model.recess import (
    MEETINGS,
    MEMBERS,
    PROPOSALS,
    Earlier,
    EarlierNeed,
    History,
    Meeting,
    Member,
    Proposal,
    Recess,
    RecessInput,
)

_COLUMNS: Mapping[str, str] = {
    "member_id": "anggota_id", "meeting_id": "pertemuan_id", "text": "uraian", "field": "bidang", "agency": "opd",
    "subdistrict": "kecamatan", "village": "desa", "location": "lokasi", "unit": "satuan", "priority": "prioritas",
    "remark": "keterangan", "fraction": "fraksi", "district": "dapil", "kind": "jenis", "origin": "sumber",
    "authority": "kewenangan", "problem": "masalah", "idea": "gagasan", "entry": "kamus", "pictures": "foto",
    "programme": "program", "recipient": "penerima", "time": "jam", "venue": "tempat", "photos": "foto",
    "attendance": "daftar_hadir", "groups": "unsur", "companions": "pendamping", "name": "nama",
    "commission": "komisi", "position": "jabatan", "note": "catatan", "year": "tahun", "legal_basis": "dasar",
    "agenda": "acara",
}  # fmt: skip
_COUNT = re.compile(r"\d{1,3}(?:\s*(?:foto|buah|lembar))?", re.IGNORECASE)
_ROUNDS = 4
"""Taking something out may leave a text in which something else is found; after so many rounds the text goes."""

_Record = TypeVar("_Record", Member, Meeting, Proposal)


def public_edition(item: RecessInput) -> PublicEdition:
    """``item`` as anybody may read it, and what was taken out of its texts. Rows, amounts and sums are the same."""
    recess = item.recess
    office = _without_numbers(item.office.office)
    values = {normal(one.nip) for one in item.office.office.officials if one.nip}
    if recess is None:
        return PublicEdition(replace(item, office=replace(item.office, office=office)), (), frozenset(values))
    work = _Work()
    made = _recess(work, recess)
    if recess.signer is not None and recess.signer.nip:
        work.values.add(normal(recess.signer.nip))
    history = replace(item.history, earlier=_earlier(work, item.history))
    public = replace(item, recess=made, office=replace(item.office, office=office), history=history)
    return PublicEdition(public, tuple(work.removed), frozenset(work.values | values) - {""})


@dataclass(slots=True)
class _Work:
    """What has been taken out so far, and the new names of ids that had to go."""

    removed: list[Removed] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, text: str, table: str, row: int, column: str) -> str:
        """``text`` with ``GONE`` where personal data stood."""
        kinds: dict[Message, None] = {}
        clean = self._cut(text, kinds)
        self.removed += (Removed(table, row, _COLUMNS.get(column, column), kind) for kind in kinds)
        return clean

    def _cut(self, text: str, kinds: dict[Message, None]) -> str:
        for _ in range(_ROUNDS):
            marks = find(text)
            if not marks:
                return text
            for mark in reversed(marks):
                kinds[mark.kind] = None
                self.values.add(normal(text[mark.start : mark.end]))
                text = text[: mark.start] + GONE + text[mark.end :]
        return GONE

    def name(self, table: str, id_: str) -> str:
        """The id of a record of ``table``, another one when it holds personal data: rows must still find each other."""
        if not find(id_):
            return id_
        return self.ids.setdefault((table, id_), f"{GONE} {len(self.ids) + 1}")


def _recess(work: _Work, recess: Recess) -> Recess:
    signer = recess.signer and replace(recess.signer, nip="", born=None, sex=None)
    work.text(recess.note, "", 0, "note")  # a note to oneself: what is in it is looked for, and it is left out
    return replace(
        recess,
        note="",
        legal_basis=tuple(work.text(text, "", 0, "legal_basis") for text in recess.legal_basis),
        signer=signer,
        members=tuple(_texts(work, MEMBERS, one, id=MEMBERS) for one in recess.members),
        meetings=tuple(_meeting(work, one) for one in recess.meetings),
        proposals=tuple(_proposal(work, one) for one in recess.proposals),
        together=_groups(work, recess.together),
        apart=_groups(work, recess.apart),
    )


def _meeting(work: _Work, meeting: Meeting) -> Meeting:
    clean = _texts(work, MEETINGS, meeting, id=MEETINGS, member_id=MEMBERS)
    agenda = tuple(work.text(text, MEETINGS, meeting.row, "agenda") for text in meeting.agenda)
    photos, attendance = _shown(meeting.photos), _shown(meeting.attendance)
    return replace(clean, companions="", agenda=agenda, attachments=(), photos=photos, attendance=attendance)


def _shown(cell: str) -> str:
    """That there is documentation, and how many photos; a name of a file may be that of a person."""
    return cell if not cell or _COUNT.fullmatch(cell) else "ada"


def _proposal(work: _Work, row: Proposal) -> Proposal:
    clean = _texts(work, PROPOSALS, row, id=PROPOSALS, member_id=MEMBERS, meeting_id=MEETINGS)
    return replace(clean, remark="", recipient="", pictures="", latitude=None, longitude=None)


def _texts(work: _Work, table: str, record: _Record, **ids: str) -> _Record:
    """``record`` with clean texts; ``ids`` says which attributes name a record of which table."""
    changes: dict[str, Any] = {}
    for name in _TEXTS[type(record)]:
        text = getattr(record, name)
        if not text:
            continue
        clean = work.text(text, table, record.row, name)
        if clean != text:
            changes[name] = work.name(ids[name], text) if name in ids else clean
    return replace(record, **changes) if changes else record


_TEXTS = {
    kind: tuple(one.name for one in fields(kind) if one.type in ("str", str)) for kind in (Member, Meeting, Proposal)
}


def _groups(work: _Work, groups: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(work.name(PROPOSALS, id_) for id_ in group) for group in groups)


def _earlier(work: _Work, history: History) -> Earlier | None:
    """The recess before: its texts stand in the comparison. What is taken out there is told with that recess only."""
    earlier = history.earlier
    if earlier is None:
        return None
    aside = _Work(values=work.values)
    needs = tuple(_earlier_need(aside, need) for need in earlier.needs)
    members = {id_: aside.text(name, "", 0, "name") for id_, name in earlier.members.items()}
    return replace(earlier, needs=needs, members=members)


def _earlier_need(work: _Work, need: EarlierNeed) -> EarlierNeed:
    texts: dict[str, Any] = {name: work.text(getattr(need, name), "", 0, name) for name in _EARLIER_TEXTS}
    return replace(need, **texts)


_EARLIER_TEXTS = ("text", "field", "agency", "subdistrict", "village", "location", "status")


def _without_numbers(office: Office) -> Office:
    return replace(office, officials=tuple(map(_bare, office.officials)))


def _bare(official: Official) -> Official:
    return replace(official, nip="", born=None, sex=None)
