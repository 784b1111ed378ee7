"""Findings about the checking itself: codes nobody knows, acceptances that ended or meet nothing, bad registers."""

from __future__ import annotations

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Acceptance
from pipeline.rules import registry
from pipeline.rules.base import Facts

CRASH = "INT-01"
UNKNOWN = "ATR-01"
EXPIRED = "ATR-02"
UNUSED = "ATR-03"
BAD_ROW = "ATR-04"
APPLIED = "ATR-05"
ENGINE_CODES = frozenset((CRASH, UNKNOWN, EXPIRED, UNUSED, BAD_ROW, APPLIED))
_OWN_CODES = ENGINE_CODES | registry.READERS_CODES
_OTHER_FAMILIES = frozenset(("MSK", "ARS", "ASP", "FMT", "RES", "INT", "ATR"))
"""Families whose findings are made, in part or whole, outside the rules; their codes stand in ``Facts.known``."""
_CATALOGUE = "katalog aturan tertib"


def expired(acceptance: Acceptance, place: Place, document: str) -> Finding:
    """An acceptance past its date that still meets a finding."""
    return Finding(
        code=EXPIRED,
        name="pengecualian-berakhir",
        severity=Severity.WARNING,
        message=say(
            "Pengecualian {code} berakhir {until}; temuannya berlaku lagi.",
            code=acceptance.code,
            until=acceptance.until.isoformat(),
        ),
        help=say("Perbaiki temuannya, atau perpanjang `sampai` dengan persetujuan {by}.", by=acceptance.by or "-"),
        place=place,
        source=_CATALOGUE,
        document=document,
    )


def applied(acceptance: Acceptance, place: Place, document: str) -> Finding:
    """An acceptance that hides a finding: whoever reads the report must see that, why, and on whose word."""
    return Finding(
        code=APPLIED,
        name="pengecualian-dipakai",
        severity=Severity.INFO,
        message=say(
            "Temuan {code} dikecualikan oleh {by} sampai {until}. Alasan: {reason}.",
            code=acceptance.code.strip(),
            by=acceptance.by or "-",
            until=acceptance.until.isoformat(),
            reason=acceptance.reason.rstrip(" .") or "-",
        ),
        help=say(
            "Tidak ada yang harus dilakukan selama alasannya berlaku; bila tidak lagi, hapus baris itu dari `kecuali`."
        ),
        place=place,
        source=_CATALOGUE,
        document=document,
    )


def unused(acceptance: Acceptance, place: Place, document: str) -> Finding:
    """An acceptance that meets no finding."""
    return Finding(
        code=UNUSED,
        name="pengecualian-tanpa-temuan",
        severity=Severity.WARNING,
        message=say("Pengecualian {code} tidak lagi mengenai temuan apa pun.", code=acceptance.code),
        help=say("Hapus baris itu dari `kecuali`."),
        place=place,
        source=_CATALOGUE,
        document=document,
    )


def always_counts(code: str, place: Place, document: str) -> Finding:
    """An acceptance of what says that checking itself is not as the person thinks: nothing hides that."""
    return Finding(
        code=UNUSED,
        name="pengecualian-tanpa-temuan",
        severity=Severity.WARNING,
        message=say("Temuan {code} selalu berlaku, jadi tidak dapat dikecualikan.", code=code.strip()),
        help=say("Hapus baris itu dari `kecuali`."),
        place=place,
        source=_CATALOGUE,
        document=document,
    )


def bad_row(column: str, place: Place) -> Finding:
    """A row of the register of the office that cannot be right, by its column."""
    return Finding(
        code=BAD_ROW,
        name="baris-regulasi-salah",
        severity=Severity.ERROR,
        message=say("Baris peraturan ini tidak dipakai karena isi kolom `{column}` tidak sah.", column=column),
        help=say(
            "Status: berlaku, diubah, atau dicabut. Keyakinan: tinggi, sedang, atau rendah. "
            'Rujukan ditulis "UU 23/2014", dipisah titik koma.'
        ),
        place=place,
        source=_CATALOGUE,
    )


def is_known(code: str, facts: Facts) -> bool:
    """Is ``code`` (a code, family or slug) one that something in the program reports?"""
    wanted = code.strip()
    if registry.by_name(wanted) is not None or is_family(wanted) or wanted.upper() in _OWN_CODES:
        return True
    return wanted.lower() in facts.known


def is_family(code: str) -> bool:
    """Is ``code`` a family of rules?"""
    return code.strip().upper() in (registry.FAMILIES | _OTHER_FAMILIES)


def unknown(code: str, place: Place, document: str | None, facts: Facts) -> Finding:
    """A code that nothing in the program reports, with the nearest one that something does."""
    message = say('Aturan "{code}" tidak dikenal.', code=code)
    near = registry.nearest(code, facts.known)
    if near:
        help = say("Maksud Anda {near}? Daftar aturan: tertib explain.", near=near)
    else:
        help = say("Lihat daftar aturan dengan: tertib explain.")
    return _unknown(message, help, place, document)


def family_accepted(code: str, place: Place, document: str) -> Finding:
    """An acceptance of a whole family: it hides nothing, because each finding is accepted for a reason of its own."""
    message = say("{code} adalah keluarga aturan; pengecualian menyebut satu aturan.", code=code.strip())
    help = say("Tulis satu entri per aturan, dengan kode seperti pada temuannya.")
    return _unknown(message, help, place, document)


def _unknown(message: Message, help: Message, place: Place, document: str | None) -> Finding:
    return Finding(
        code=UNKNOWN,
        name="aturan-tidak-dikenal",
        severity=Severity.WARNING,
        message=message,
        help=help,
        place=place,
        source=_CATALOGUE,
        document=document,
    )
