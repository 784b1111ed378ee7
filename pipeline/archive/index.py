"""``indeks.csv``: the archive as archivists list records, made from the log alone.

Its columns belong to the format of the archive: ``verify`` makes the index again and compares the bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pipeline.archive.facts import FINAL_STAGE, VERSION, Facts, version_name
from pipeline.archive.log import Filed, Log
from pipeline.model.office import Office, Retention

NAME: Final = "indeks.csv"
COLUMNS: Final = (
    "no",
    "kode_klasifikasi",
    "nomor",
    "uraian",
    "tahun",
    "jumlah",
    "tingkat_perkembangan",
    "retensi_aktif",
    "retensi_inaktif",
    "nasib_akhir",
    "jenis",
    "nama",
    "versi",
    "tanggal_arsip",
    "tanggal_efektif",
    "status",
    "penanda_tangan",
    "folder",
    "sha256_manifes",
    "sha512_manifes",
)
OLD_COLUMNS: Final = ("jenis", "nama", "versi", "tanggal", "nomor", "judul", "status", "folder", "sha256_manifes")
"""Columns of archives of format 1, which had no log."""
_KINDS: Final = {"sop": "SOP", "reses": "Reses", "buku": "Buku"}
_AS: Final = {"buku": "sop"}
"""A kind that is kept as another is: the book, which is made of SOPs."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def settings_of(office: Office) -> dict[str, Any]:
    """What the office says of its archive, as the log holds it."""
    return {
        "kantor": office.id,
        "pemerintah": office.government,
        "unit": office.unit,
        "alamat": office.address,
        "surel": office.email,
        "laman": office.website,
        "masa_tinjau": office.policy.review_months,
        "sop": _retention(office.archiving.sop),
        "reses": _retention(office.archiving.recess),
    }


def render(log: Log) -> bytes:
    """The index as CSV for spreadsheets: UTF-8 with byte order mark, semicolons, one row per version as filed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    settings = log.settings
    for number, filed in enumerate(log.filed, start=1):
        writer.writerow([_plain(cell) for cell in _row(number, filed, settings)])
    return text.getvalue().encode("utf-8-sig")


def rows_in(data: bytes) -> int:
    """How many versions an index lists; -1 when it is none."""
    text = data.decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error:
        return -1
    return len(rows) - 1


def state(facts: Facts) -> str:
    """Degree of completion (``tingkat perkembangan``) in the words of archivists.

    A signed file is the original; of a recess, some documents may be signed and others still to come. What was made
    and not signed is the file copy of it (``pertinggal``), the signed one being on paper or still to come; a draft is
    a concept.
    """
    if facts.signed:
        return "asli" if facts.partly is None else "asli ({} dari {})".format(*facts.partly)
    return "pertinggal" if facts.stage in ("", FINAL_STAGE) else "konsep"


def _row(number: int, filed: Filed, settings: Mapping[str, Any]) -> Iterator[object]:
    facts = filed.facts
    kept = settings.get(_AS.get(facts.kind, facts.kind))
    kept = kept if isinstance(kept, Mapping) else {}
    yield from (
        number,
        kept.get("kode_klasifikasi", ""),
        facts.number,
        _description(facts),
        facts.year or facts.date.year,
    )
    yield f"1 naskah, {facts.pages} halaman" if facts.pages else "1 naskah"
    yield state(facts)
    yield from (kept.get(key, "") for key in ("retensi_aktif", "retensi_inaktif", "nasib_akhir"))
    yield from (facts.kind, facts.name, version_name(facts.version), facts.date.isoformat())
    yield facts.effective.isoformat() if facts.effective else ""
    yield from (facts.stage, "; ".join(facts.signers), filed.place, filed.manifests.sha256, filed.manifests.sha512)


def _description(facts: Facts) -> str:
    kind = _KINDS.get(facts.kind, facts.kind)
    title = facts.title or facts.name
    return title if kind.casefold() in re.findall(r"\w+", title.casefold()) else f"{kind} {title}"


def _plain(cell: object) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _retention(kept: Retention) -> dict[str, str]:
    return {
        "kode_klasifikasi": kept.code,
        "retensi_aktif": kept.active,
        "retensi_inaktif": kept.inactive,
        "nasib_akhir": kept.fate,
    }


def old_rows(data: bytes) -> dict[str, str] | None:
    """SHA-256 of the manifest by folder, from an index of format 1; None when it is none. Raises ValueError."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    try:
        if tuple(reader.fieldnames or ()) != OLD_COLUMNS:
            return None
        return dict(_old_row(line) for line in reader)
    except (csv.Error, TypeError) as error:
        raise ValueError(str(error)) from error


def _old_row(line: Mapping[str, str]) -> tuple[str, str]:
    folder, proof = line["folder"], line["sha256_manifes"]
    if not VERSION.fullmatch(line["versi"]) or not re.fullmatch("[0-9a-f]{64}", proof) or folder.count("/") != 2:
        raise ValueError(";".join(str(value) for value in line.values())[:80])
    return folder, proof


def review_months(log: Log) -> int:
    """Months after which an SOP is due for evaluation."""
    months = log.settings.get("masa_tinjau")
    return months if isinstance(months, int) and 0 < months <= 1_200 else 24
