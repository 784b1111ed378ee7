"""``usulan-sipd.csv``: the proposals with the fields of the planning system (pokir in SIPD-RI).

The field names are those of the table ``data_pokir`` as an open source mirror of SIPD has them; the form itself may
differ from year to year, so every field stands in the file, also one that the office has no data for.

UTF-8 with byte order mark (Excel reads it without asking), lines end in CRLF, quotes as in RFC 4180. A text that
begins with ``=``, ``+``, ``-`` or ``@`` gets an apostrophe in front: a CSV cannot say that a cell is text, so Excel and
LibreOffice would calculate it, and what people of a village wrote must not run on the computer of an official. Numbers
stay numbers, also negative ones: a bare number calculates nothing. Line breaks and other control characters in a text
become blanks, because importers that read line by line would cut the row there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.recap import Need, Recap
from pipeline.model.recess import PROPOSALS, Proposal, RecessInput, TableSource
from pipeline.model.region import Agency, Entry

FIELDS = (
    "id_usulan", "id_reses", "tahun_anggaran", "id_pengusul", "pengusul", "fraksi_dewan", "jenis_usul", "id_kamus",
    "bidang_urusan", "masalah", "gagasan", "tujuan_usul", "giat_teks", "jenis_belanja", "id_program", "id_isu",
    "alamat_teks", "lokus_usulan", "id_kab_kota", "id_kecamatan", "id_kelurahan", "kecamatan", "kelurahan", "lat",
    "lang", "koefisien", "volume", "satuan", "anggaran", "kode_skpd", "nama_skpd", "file_foto", "file_pengantar",
    "file_proposal", "file_rab", "status_usul", "sumber",
)  # fmt: skip
"""The columns in order; ``sumber`` is ours and names the rows that a proposal comes from."""

_NOT_PROPOSED = re.compile(r"\s*(?:pengaduan|aduan|keluhan|tanggapan)\b", re.IGNORECASE)
_RISKY = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms of the first, which some editions of Excel take for the same."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029]+")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}")
_Cell = str | int | float


@dataclass(frozen=True, slots=True)
class SipdCsv:
    """The file, how many proposals it holds, and how many needs were left out because they propose nothing."""

    data: bytes
    proposals: int
    left_out: int


def sipd_csv(item: RecessInput, recap: Recap) -> SipdCsv:
    """One line for each need of ``recap``, in its order.

    Complaints and responses (``jenis``) are no proposals: a need of which no row proposes anything is left out.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    made = _Maker.of(item, recap)
    count = 0
    for need in recap.needs:
        rows = [row for row in need.rows if not _NOT_PROPOSED.match(row.kind)]
        if rows:
            count += 1
            values = made.line(need, rows)
            writer.writerow([_safe(values.get(name, "")) for name in FIELDS])
    return SipdCsv(out.getvalue().encode("utf-8-sig"), count, len(recap.needs) - count)


@dataclass(frozen=True, slots=True)
class _Maker:
    """The registers by what rows call their records."""

    recap: Recap
    table: TableSource
    agencies: Mapping[str, Agency]
    entries: Mapping[str, Entry]
    texts: Mapping[str, Entry | None]

    @classmethod
    def of(cls, item: RecessInput, recap: Recap) -> _Maker:
        agencies: dict[str, Agency] = {}
        for agency in item.region.agencies:
            for name in (agency.name, agency.abbreviation, agency.code):
                if name:
                    agencies.setdefault(_plain(name), agency)
        entries = {_plain(entry.id): entry for entry in reversed(item.region.dictionary)}
        texts: dict[str, Entry | None] = {}
        for entry in item.region.dictionary:
            key = _plain(entry.text)
            texts[key] = None if key in texts else entry  # of two with one text neither is taken
        return cls(recap, item.tables[PROPOSALS], agencies, entries, texts)

    def line(self, need: Need, rows: list[Proposal]) -> dict[str, _Cell]:
        """The fields of a need by name. What the first row does not say is taken from the next one that does."""
        lead = rows[0]
        agency = self.agencies.get(_plain(lead.agency))
        entry = self._entry(rows)
        people = [self.recap.members.get(row.member_id) for row in need.rows]
        planning = self.recap.recess.planning
        amount = max((row.amount for row in rows if row.amount is not None), default=None)
        volume, unit = next(((row.volume, row.unit) for row in rows if row.volume), ("", lead.unit))
        return {
            "id_usulan": lead.id or f"{need.number}",
            "id_reses": self.recap.recess.id.rpartition("/")[2],
            "tahun_anggaran": planning.year if planning and planning.year else "",
            "id_pengusul": _listed(row.member_id for row in need.rows),
            "pengusul": _listed(one.name if one else row.member_id for one, row in zip(people, need.rows, strict=True)),
            "fraksi_dewan": _listed(one.fraction for one in people if one),
            "jenis_usul": lead.kind or "usulan",
            "id_kamus": entry.id if entry else _first(row.entry for row in rows),
            "bidang_urusan": lead.field or (entry.field if entry else ""),
            "masalah": _first(row.problem for row in rows),
            "gagasan": _first(row.idea for row in rows) or lead.text,
            "giat_teks": entry.text if entry else lead.text,
            "id_program": _first(row.programme for row in rows),
            "alamat_teks": _address(lead),
            "lokus_usulan": lead.location,
            "kecamatan": lead.subdistrict,
            "kelurahan": lead.village,
            **_place(rows),
            "koefisien": f"{volume} {unit}".strip(),
            "volume": _number(volume),
            "satuan": unit,
            "anggaran": "" if amount is None else amount,
            "kode_skpd": agency.code if agency else "",
            "nama_skpd": agency.name if agency else lead.agency,
            "file_foto": _listed(name.strip() for row in rows for name in row.pictures.split(";")),
            "status_usul": lead.status,
            "sumber": _listed(self.table.source(row.row) for row in need.rows),
        }

    def _entry(self, rows: Iterable[Proposal]) -> Entry | None:
        """The entry of the kamus that a row names, or that has the very text of one that names none."""
        for row in rows:
            found = self.entries.get(_plain(row.entry)) if row.entry.strip() else self.texts.get(_plain(row.text))
            if found is not None:
                return found
        return None


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _address(row: Proposal) -> str:
    parts: Iterator[str] = iter((row.location, row.village, f"Kec. {row.subdistrict}" if row.subdistrict else ""))
    return ", ".join(part for part in parts if part)


def _place(rows: Iterable[Proposal]) -> dict[str, _Cell]:
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            return {"lat": row.latitude, "lang": row.longitude}
    return {}


def _number(text: str) -> _Cell:
    """A volume as a number with a decimal point where it is one beyond doubt ("2,5" is 2.5), else as written.

    A point before three digits separates thousands, as in every number of these files: "1.250" is 1250.
    """
    if _THOUSANDS.fullmatch(text):
        return int(text.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return text


def _safe(value: _Cell) -> _Cell:
    """``value`` for a cell: a text that a spreadsheet would calculate gets an apostrophe in front."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    text = _CONTROL.sub(" ", value).strip()
    return f"'{text}" if text.startswith(_RISKY) else text
