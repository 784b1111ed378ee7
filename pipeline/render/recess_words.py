"""Wording that the documents of a recess share: periods, letterheads, places, volumes, counts, signatures.

The values are ready to print; only counts and amounts stay numbers, so that a template can format them
(``{{ x | ribuan }}``, ``{{ x | rupiah }}``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from pipeline.model.dates import DAYS, MONTHS, long_date
from pipeline.model.money import thousands
from pipeline.model.office import Office, Official, RegionKind
from pipeline.model.recap import UNSTATED, Tally, TotalLine
from pipeline.model.recess import Meeting, Member, Proposal, Recess, RecessInput
from pipeline.render.qr import NO_CODE
from pipeline.render.sop import GAP, signature
from pipeline.render.watermark import watermark

Context = dict[str, object]

ROMAN = ("", "I", "II", "III")
NOTHING = "–"
TO_WRITE = "......................"
"""Printed where the date is written by hand at signing."""
NO_PICTURE = Markup("")
_HEADS = {RegionKind.PROVINCE: "Gubernur", RegionKind.REGENCY: "Bupati", RegionKind.CITY: "Wali Kota"}

_VILLAGE_KIND = re.compile(r"\b(?:desa|kelurahan|kel\.|ds\.)\s*", re.IGNORECASE)
_SUBDISTRICT_KIND = re.compile(r"\b(?:kecamatan|kec\.)\s*", re.IGNORECASE)
_NAME_ENDS = re.compile(r"\s*(?:$|[^\w\s]|\s(?:[a-z]|RT|RW|Kec|Kab|Dusun|Blok))")


def recess_of(item: RecessInput) -> Recess:
    if item.recess is None:
        raise ValueError("a recess that could not be read has no documents")
    return item.recess


def common(recess: Recess, office: Office, logo: Markup) -> Context:
    return {
        "logo": logo,
        "logo_sampul": NO_PICTURE,
        **NO_CODE,
        "tanda_air": watermark(recess.stage),
        "penanda": office.mark,
        "daerah": office.region,
        "masa": ROMAN[recess.session] if recess.session else GAP,
        "tahun": recess.year or GAP,
        "persidangan": sitting(recess),
        "tahun_laporan": _year_of(recess),
        "tempat": office.city,
        "kepala_daerah": _HEADS[office.region_kind],
        "periode": period(recess.start, recess.end),
        "dasar": list(recess.legal_basis),
    }


def sitting(recess: Recess) -> str:
    """ "Masa Persidangan I Tahun 2026"; a year that spans two ("2025/2026") is that of the sittings."""
    session = ROMAN[recess.session] if recess.session else GAP
    year = "Tahun Sidang" if "/" in recess.year else "Tahun"
    return f"Masa Persidangan {session} {year} {recess.year or GAP}"


def _year_of(recess: Recess) -> str:
    """The year that stands on the cover: of the report, or of the recess."""
    date = recess.reported or recess.end or recess.start
    return str(date.year) if date else recess.year


def period(start: dt.date | None, end: dt.date | None) -> str:
    """ "2 s.d. 7 Februari 2026", "30 Maret s.d. 4 April 2026", "29 Desember 2025 s.d. 3 Januari 2026"."""
    if start is None or end is None:
        return long_date(start) if start else long_date(end) if end else GAP
    if start == end:
        return long_date(start)
    first = str(start.day)
    if start.month != end.month or start.year != end.year:
        first += f" {MONTHS[start.month - 1]}"
    if start.year != end.year:
        first += f" {start.year}"
    return f"{first} s.d. {long_date(end)}"


def letterhead(office: Office, lines: tuple[str, str]) -> Mapping[str, str]:
    contact = [
        ("Telepon", office.phone),
        ("Surel", office.email),
        ("Laman", re.sub(r"^https?://|/$", "", office.website)),
    ]
    return {
        "pemerintah": lines[0],
        "instansi": lines[1],
        "alamat": office.address,
        "kontak": ", ".join(f"{name} {value}" for name, value in contact if value),
    }


def district(label: str) -> str:
    words = label.split(maxsplit=1)
    return f"Daerah Pemilihan {words[1]}" if len(words) == 2 and words[0].casefold() == "dapil" else label


def position_of(member: Member, office: Office) -> str:
    plain = member.position.strip()
    if plain.casefold().endswith("dprd"):
        return f"{plain} {office.region}"
    whole = f"Anggota DPRD {office.region}"
    return whole if plain.casefold() in ("", "anggota") else f"{whole} ({plain})"


def day(date: dt.date) -> str:
    return f"{DAYS[date.weekday()]}, {long_date(date)}"


def where(place: str, village: str, subdistrict: str) -> str:
    """``place`` with the village and subdistrict that its own words do not name already."""
    parts = [place] if place else []
    name = _VILLAGE_KIND.sub("", village)
    if village and not _names(_VILLAGE_KIND, name, place):
        parts.append(village if name != village else f"Desa {village}")
    if subdistrict and not _names(_SUBDISTRICT_KIND, subdistrict, place):
        parts.append(f"Kec. {subdistrict}")
    return ", ".join(parts) or NOTHING


def meeting_place(meeting: Meeting) -> str:
    """Where a meeting was, "" when nothing says so."""
    place = where(meeting.venue, meeting.village, meeting.subdistrict)
    return "" if place == NOTHING else place


def _names(kind: re.Pattern[str], name: str, place: str) -> bool:
    """Does ``place`` say "Desa NAME"? The bare name does not count (Jalan NAME), nor a longer one (Desa NAME Baru)."""
    for found in kind.finditer(place):
        rest = place[found.end() :]
        after = rest[len(name) :]
        if rest.casefold().startswith(name.casefold()) and _NAME_ENDS.match(after):
            return True
    return False


def attendance(meetings: Sequence[Meeting]) -> Context:
    """How many people came, None when no meeting says; and the number of meetings that do not say."""
    counts = [meeting.participants for meeting in meetings if meeting.participants is not None]
    return {"jumlah_peserta": sum(counts) if counts else None, "tanpa_peserta": len(meetings) - len(counts)}


def most_heard(lines: Sequence[TotalLine]) -> Mapping[str, object] | None:
    """The line with the most rows; None when several share that place, or no row names a group."""
    named = sorted((line for line in lines if line.label != UNSTATED), key=lambda line: line.tally.heard)
    if not named or not named[-1].tally.heard or (len(named) > 1 and named[-2].tally.heard == named[-1].tally.heard):
        return None
    return {"nama": named[-1].label, "tercatat": named[-1].tally.heard}


def heard_total(tally: Tally) -> Mapping[str, int | None]:
    return {
        "tercatat": tally.heard,
        "anggaran": tally.recorded_heard_amount,
        "tanpa_anggaran": tally.heard_unpriced,
    }


def total(tally: Tally) -> Mapping[str, int | None]:
    return {
        "tercatat": tally.heard,
        "usulan": tally.needs,
        "anggaran": tally.recorded_amount,
        "tanpa_anggaran": tally.unpriced,
    }


def volume(row: Proposal) -> str:
    volume = thousands(int(row.volume)) if re.fullmatch(r"[0-9]{1,12}", row.volume) else row.volume
    return f"{volume} {row.unit}".strip() or NOTHING


def listed(parts: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def shortened(text: str, most: int, rest: str) -> str:
    """``text``, cut after a word when it is longer than ``most``, with a word on where the ``rest`` stands."""
    if len(text) <= most:
        return text
    head = text[: most + 1].rsplit(None, 1)[0][:most].rstrip(" .,;:")
    return f"{head} … ({rest})"


def letter(number: int) -> str:
    """1 -> "A", 26 -> "Z", 27 -> "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` as "12,5%", to the nearest tenth."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10},{tenths % 10}%"


def signature_block(
    recess: Recess, office: Office, lines: object, name: object, below: Sequence[object]
) -> Mapping[str, object]:
    date = (
        long_date(recess.reported) if recess.reported else f"{TO_WRITE} {recess.end.year if recess.end else ''}".strip()
    )
    return {
        "tempat_tanggal": f"{office.city or GAP}, {date}",
        "jabatan": lines,
        "nama": name or GAP,
        "keterangan": [line for line in below if line],
    }


def member_position(member: Member) -> str:
    """The position with which a member signs."""
    return member.position if member.position.casefold().endswith("dprd") else "Anggota DPRD"


def member_signature(member: Member, recess: Recess, office: Office) -> Mapping[str, object]:
    """Members of the council sign without rank and NIP: they have none."""
    block = signature(Official(member.name, member_position(member)), office)
    return signature_block(recess, office, list(block.position), block.name, ())


def official_signature(recess: Recess, office: Office) -> Mapping[str, object]:
    block = signature(recess.signer, office)
    nip = f"NIP {block.nip}" if block.nip else ""
    return signature_block(recess, office, list(block.position), block.name, (block.rank, nip))
