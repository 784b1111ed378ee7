"""The signatures of a PDF as findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline.model.dates import zone_name
from pipeline.model.finding import Finding
from pipeline.model.message import Message, say
from pipeline.run import verdicts
from pipeline.run.trust import Trusts
from pipeline.run.verdicts import finding
from pipeline.sign.reports import SignatureReport, Trust, Trusted


def is_signed(data: bytes) -> bool:
    """Does the PDF claim to be signed? The range of bytes that a signature covers stands in the file as plain text."""
    return b"/ByteRange" in data


_ALTERED = say(
    "Naskah yang berubah sesudah ditandatangani tidak berlaku. Minta lagi berkas asli dari layanan tanda tangan, atau "
    "minta ditandatangani ulang."
)
_INVALID = say("Tanyakan kepada penanda tangan atau layanan tanda tangan; bila perlu minta ditandatangani ulang.")
_ROOT = say("Daftarkan sertifikat akar penerbitnya di kantor.yaml (sertifikat_tepercaya) supaya diperiksa juga.")


def faults_of(report: SignatureReport, told: str) -> Iterator[Finding]:
    """What speaks against a signature; a certificate whose root is not known is told too, but speaks not against it."""
    altered = not report.intact or not report.whole
    for fault in report.faults:
        text = say("Tanda tangan {signer}: {fault}", signer=report.signer or report.field, fault=fault)
        kind, remedy = (verdicts.ALTERED, _ALTERED) if altered else (verdicts.INVALID, _INVALID)
        yield finding(kind, told, text, remedy)
    if report.holds and report.trusted is Trusted.NOT_CHECKED:
        text = say("Penerbit sertifikat {signer} tidak diperiksa.", signer=report.signer or report.field)
        yield finding(verdicts.UNTRUSTED, told, text, _ROOT)


def holding(report: SignatureReport, told: str) -> Message:
    """What is said of a signature that holds."""
    moment = report.proved or report.claimed
    return say(
        "{told}: tanda tangan {signer} utuh ({level}, {time}), penerbit {trust}.",
        told=told,
        signer=report.signer or report.field,
        level=report.level,
        time=_told(moment) if moment is not None else "-",
        trust=_TRUST[report.trusted],
    )


def _told(moment: dt.datetime) -> str:
    """A moment in the zone of this computer, as the stamp on paper tells it: "2026-03-02 16:06 WIB"."""
    here = moment.astimezone()
    return f"{here:%Y-%m-%d %H:%M} {zone_name(here)}"


_TRUST = {
    Trusted.YES: say("tepercaya"),
    Trusted.NO: say("tidak tepercaya"),
    Trusted.NOT_CHECKED: say("tidak diperiksa"),
}


def trust_for(document: str, pdf: Path, trusts: Trusts) -> Trust:
    """Whom to trust on ``pdf``: the roots of the office of ``document``, of all offices where that is "".

    Raises UsageError when a certificate that an office names cannot be read.
    """
    output = trusts.settings.output
    return Trust(trusts.roots_for(output / document if document else pdf))


def open_fields(data: bytes, told: str) -> tuple[Message, ...]:
    """What is said of signature fields that nobody has signed yet."""
    from pipeline.sign.verify import fields_of

    fields = fields_of(data)
    still = [one.label or one.name for one in fields if not one.signed]
    if not still:
        return ()
    signed = len(fields) - len(still)
    names = ", ".join(still)
    return (
        say("{told}: baru {n} dari {m} tanda tangan; belum: {names}.", told=told, n=signed, m=len(fields), names=names),
    )
