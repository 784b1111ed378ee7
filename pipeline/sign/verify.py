"""Verifies the signatures of a PDF, more strictly than PDF readers do.

Readers pass a file whose pages were covered or whose title was changed *after* signing, as long as the change was
appended. Here a signature holds only when everything behind it is a further signature, timestamp or proof of validity
(``pipeline.sign.later``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import SignatureError
from pipeline.model.message import Message, say
from pipeline.sign.certificates import Known, Standing, day, name_of, standing_of, weak
from pipeline.sign.cms import Seal, seal_of, timestamp_of, timestamps_in
from pipeline.sign.later import Later, gap_faults, later_than
from pipeline.sign.proofs import proofs_in
from pipeline.sign.reading import damaged, fields_of, reader_of, told_fields
from pipeline.sign.reports import Field, Level, SignatureReport, Trust, Trusted
from pipeline.sign.roots import read_roots

__all__ = ["fields_of", "read_roots", "verify_signatures"]

_PADES = "/ETSI.CAdES.detached"
_KINDS = frozenset({_PADES, "/adbe.pkcs7.detached", "/ETSI.RFC3161"})
_TIMESTAMP = "/ETSI.RFC3161"
_SKEW = dt.timedelta(hours=1)
"""How far the clock of a signer may be ahead of ours."""


def verify_signatures(data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
    """The signatures of a PDF in the order in which they were made; none when nobody signed it.

    Timestamps of the whole document are not signatures of somebody: they count for what they prove. Raises
    SignatureError for what is no readable PDF: encrypted, damaged, not a PDF, too big.
    """
    reader = reader_of(data)
    try:
        return _reports(reader, data, trust)
    except (SignatureError, ImportError):
        raise
    except Exception as error:  # what is read later than the head of a file may be damaged, too: told as that
        raise damaged() from error


def _reports(reader: Any, data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
    places = {field.name: field for field in fields_of(data)}
    found = sorted(_signatures(reader), key=lambda one: one.revision)
    now = trust.now or dt.datetime.now(dt.UTC)
    known = _known(reader, found)
    intact = frozenset(one.name for one in found if one.seal is not None and one.seal.fits)
    proofs = _document_times([one for one in found if one.is_timestamp], known, trust, now)
    case = _Case(data, known, trust, now, proofs, intact)
    broken = [one.name for one in found if one.is_timestamp and not _is_sound(one, data)]
    gone = _removed(reader, {one.name for one in found})
    made = [case.report(one, places.get(one.name), broken) for one in found if not one.is_timestamp]
    free = [field for field in places.values() if not field.signed]
    if made and free:
        made[-1] = replace(made[-1], notes=(*made[-1].notes, left(free)))
    return (*made, *(_lost(name, places.get(name)) for name in gone))


def _is_sound(stamp: _Signature, data: bytes) -> bool:
    """Does a timestamp of the whole document fit, with nothing hidden in the bytes that it leaves out?"""
    return stamp.seal is not None and stamp.seal.fits and not gap_faults(data, stamp.inner)


def left(free: list[Field]) -> Message:
    """What is said of the fields that nobody signed yet."""
    return say("Belum ditandatangani: {fields}.", fields=told_fields(free))


@dataclass(frozen=True, slots=True)
class _Signature:
    """A filled signature field. ``inner`` is pyHanko's, None when it is malformed; ``seal`` its cryptographic part."""

    name: str
    kind: str
    inner: Any = None
    seal: Seal | None = None

    @property
    def revision(self) -> int:
        return int(self.inner.signed_revision) if self.inner is not None else 0

    @property
    def is_timestamp(self) -> bool:
        return self.kind == _TIMESTAMP


def _signatures(reader: Any) -> Iterator[_Signature]:
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import EmbeddedPdfSignature

    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        kind = ""
        try:
            kind = str(value.get_object().get("/SubFilter", ""))
            inner = EmbeddedPdfSignature(reader, field, name) if kind in _KINDS else None
        except Exception:  # noqa: BLE001 - pyHanko believes what strangers wrote; told as malformed by _unreadable
            inner = None
        yield _Signature(name, kind, inner, _sealed(inner, kind) if inner is not None else None)


def _removed(reader: Any, names: set[str]) -> tuple[str, ...]:
    """The fields whose signature or timestamp stood in an earlier revision and was taken away.

    Raises SignatureError where there are more revisions than are looked at: what happened in them is not known.
    """
    from pyhanko.sign.fields import enumerate_sig_fields

    count = int(reader.xrefs.total_revisions)
    if count > _MOST_REVISIONS:
        raise SignatureError(
            say(
                "PDF ini disimpan berlapis {count} kali, lebih dari {most} lapis yang diperiksa, jadi tanda tangannya "
                "tidak dapat diverifikasi. Minta berkas asli dari penanda tangan atau layanan tanda tangan.",
                count=count,
                most=_MOST_REVISIONS,
            )
        )
    earlier: dict[str, None] = {}
    for revision in range(count - 1):
        past = reader.get_historical_resolver(revision)
        earlier |= {name: None for name, _, _ in enumerate_sig_fields(past, filled_status=True)}
    return tuple(name for name in earlier if name not in names)


_MOST_REVISIONS = 200


def _lost(name: str, field: Field | None) -> SignatureReport:
    fault = say(
        "Tanda tangan atau stempel waktu di isian {name} dihapus dari berkas ini. Pakai berkas asli dari "
        "penanda tangan atau layanan tanda tangan.",
        name=name,
    )
    box = field.box if field else None
    return SignatureReport(name, "", None, None, Level.OTHER, False, Trusted.NOT_CHECKED, False, (fault,), (), box)


def _sealed(inner: Any, kind: str) -> Seal | None:
    try:
        if kind == _TIMESTAMP:
            return timestamp_of(inner.signed_data, inner.compute_digest)
        return seal_of(inner.signed_data, None, inner.compute_digest)
    except Exception:  # noqa: BLE001 - ASN.1 and ciphers of strangers; told as malformed by _unreadable
        return None


def _known(reader: Any, found: list[_Signature]) -> Known:
    """The certificates, CRLs and OCSP responses that the file brings with it."""
    certificates = [c for one in found if one.seal for c in (one.seal.certificate, *one.seal.others)]
    for one in found:
        if one.inner is not None and not one.is_timestamp:
            stamps = [stamp for stamp in _stamps(one.inner) if stamp is not _NO_STAMP]
            certificates += [c for stamp in stamps for c in (stamp.certificate, *stamp.others)]
    store = proofs_in(reader)
    return replace(store, certificates=(*certificates, *store.certificates))


def _stamps(inner: Any) -> list[Seal]:
    """The timestamps over a signature; one that is malformed counts as not fitting."""
    signature = inner.signer_info["signature"].native
    try:
        return [
            timestamp_of(token, lambda algorithm: hashlib.new(algorithm, signature).digest())
            for token in timestamps_in(inner.signer_info)
        ]
    except Exception:  # noqa: BLE001 - as above; it is told by _BROKEN_STAMP
        return [_NO_STAMP]


_NO_STAMP = Seal(None, (), fits=False, weak=False)


@dataclass(frozen=True, slots=True)
class _Proof:
    """A valid timestamp of the whole document."""

    revision: int
    moment: dt.datetime


def _document_times(stamps: list[_Signature], known: Known, trust: Trust, now: dt.datetime) -> tuple[_Proof, ...]:
    """The valid timestamps of the whole document: the last must hold now, each other when the next was made."""
    proofs: list[_Proof] = []
    moment = now
    for stamp in reversed(stamps):
        seal = stamp.seal
        if seal is None or not seal.fits or seal.weak or seal.moment is None:
            continue
        if not standing_of(seal.certificate, moment, known, trust, timestamps=True).faults:
            moment = seal.moment
            proofs.append(_Proof(stamp.revision, moment))
    return tuple(proofs)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is common to the signatures of one file."""

    data: bytes
    known: Known
    trust: Trust
    now: dt.datetime
    proofs: tuple[_Proof, ...]
    intact: frozenset[str]

    def report(self, one: _Signature, field: Field | None, broken: list[str]) -> SignatureReport:
        """What is told of one signature."""
        box = field.box if field else None
        if one.inner is None or one.seal is None:
            return _unreadable(one, box)
        seal = one.seal
        stamp, stamp_notes, stamp_faults = self._stamped(one.inner)
        later = [proof.moment for proof in self.proofs if proof.revision > one.revision]
        times = [*later, *([stamp] if stamp else [])]
        proved = min(times, default=None)
        standing = standing_of(seal.certificate, proved or self.now, self.known, self.trust, timestamps=False)
        later_on = later_than(self.data, one.inner, self.intact) if seal.fits else Later(False)
        claimed, legible = _claimed(one.inner)
        faults = (
            *_seal_faults(seal),
            *(_broken_timestamp(name) for name in broken),
            *stamp_faults,
            *later_on.faults,
            *self._time_faults(seal, claimed),
            *standing.faults,
        )
        return SignatureReport(
            field=one.name,
            signer=name_of(seal.certificate),
            claimed=claimed,
            proved=proved,
            level=self._level(one, standing, stamped=bool(times), sealed=bool(later)),
            intact=seal.fits,
            trusted=standing.trusted if seal.fits else Trusted.NO,
            whole=later_on.whole,
            faults=tuple(dict.fromkeys(faults)),
            notes=(*stamp_notes, *self._notes(standing), *(() if legible else (_NO_DATE,))),
            box=box,
        )

    def _stamped(self, inner: Any) -> tuple[dt.datetime | None, list[Message], list[Message]]:
        """The earliest valid timestamp over a signature, and what is to be said of those that are not."""
        moment = min((proof.moment for proof in self.proofs), default=self.now)
        valid: list[dt.datetime] = []
        notes: list[Message] = []
        for seal in _stamps(inner):
            if not seal.fits or seal.moment is None:
                return None, [], [_BROKEN_STAMP]
            standing = standing_of(seal.certificate, moment, self.known, self.trust, timestamps=True)
            if seal.weak or standing.faults:
                notes.append(say("Stempel waktunya tidak dihitung. {why}", why=(*standing.faults, weak("-"))[0]))
            else:
                valid.append(seal.moment)
        return min(valid, default=None), notes, []

    def _level(self, one: _Signature, standing: Standing, *, stamped: bool, sealed: bool) -> Level:
        if one.kind != _PADES:
            return Level.OTHER
        if not stamped:
            return Level.B_B
        if not standing.revocation_checked:
            return Level.B_T
        return Level.B_LTA if sealed else Level.B_LT

    def _time_faults(self, seal: Seal, claimed: dt.datetime | None) -> Iterator[Message]:
        if claimed is None:
            return
        name, certificate = name_of(seal.certificate), seal.certificate
        if claimed > self.now + _SKEW:
            yield say(
                "Waktu tanda tangan {name} ada di masa depan ({when}). Periksa jam komputer ini; bila benar, minta "
                "ditandatangani lagi.",
                name=name,
                when=day(claimed),
            )
        elif not certificate.not_valid_before <= claimed <= certificate.not_valid_after:
            yield say(
                "{name} menyatakan menandatangani pada {when}, padahal sertifikatnya berlaku dari {start} sampai "
                "{end}. Tanda tangan ini tidak sah; minta ditandatangani lagi.",
                name=name,
                when=day(claimed),
                start=day(certificate.not_valid_before),
                end=day(certificate.not_valid_after),
            )

    def _notes(self, standing: Standing) -> Iterator[Message]:
        if self.known.unreadable:
            yield _BAD_PROOFS
        if standing.faults:
            return
        if standing.trusted == Trusted.NOT_CHECKED:
            yield _NO_ROOTS
        if not standing.revocation_checked:
            yield _NOT_REVOKED


_NO_ROOTS = say(
    "Penerbit sertifikatnya tidak diperiksa: kantor ini belum menyebut sertifikat akar yang dipercaya "
    "(`sertifikat_tepercaya` di kantor.yaml)."
)
_NOT_REVOKED = say(
    "Apakah sertifikatnya dicabut tidak diperiksa: berkas ini tidak membawa daftar pencabutan yang diperlukan."
)
_BAD_PROOFS = say(
    "Sebagian bukti keabsahan di dalam berkas ini (sertifikat, daftar pencabutan, atau jawaban OCSP) rusak, jadi tidak "
    "dapat diverifikasi dan tidak dihitung. Pakai berkas asli dari penanda tangan atau layanan tanda tangan."
)
_NO_DATE = say("Waktu yang dinyatakan penanda tangan tidak dapat dibaca, jadi tidak dapat diverifikasi.")
_BROKEN_STAMP = say(
    "Stempel waktu tanda tangan ini rusak atau bukan miliknya. Pakai berkas asli dari penanda tangan atau layanan "
    "tanda tangan."
)


def _broken_timestamp(name: str) -> Message:
    return say(
        "Stempel waktu dokumen ({name}) tidak cocok dengan isi berkas. Pakai berkas asli dari penanda tangan atau "
        "layanan tanda tangan.",
        name=name,
    )


def _seal_faults(seal: Seal) -> Iterator[Message]:
    if not seal.fits:
        yield say(
            "Isi berkas tidak sama lagi dengan yang ditandatangani {name}. Jangan dipakai; minta berkas asli dari "
            "penanda tangan atau layanan tanda tangan.",
            name=name_of(seal.certificate),
        )
    if seal.weak:
        yield weak(name_of(seal.certificate))


def _claimed(inner: Any) -> tuple[dt.datetime | None, bool]:
    """The time that the signer's clock gave, aware, None where none is stated; and whether it could be read."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        moment: dt.datetime | None = inner.self_reported_timestamp
    except (PdfError, ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return None, False
    if moment is None:
        return None, True
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), True


def _unreadable(one: _Signature, box: Any) -> SignatureReport:
    if one.kind in _KINDS:
        fault = say(
            "Tanda tangan di isian {name} rusak, jadi tidak dapat diperiksa. Pakai berkas asli dari penanda tangan "
            "atau layanan tanda tangan.",
            name=one.name,
        )
    else:
        fault = say(
            "Jenis tanda tangan di isian {name} ({kind}) sudah usang atau tidak dikenal, jadi tidak dapat diperiksa. "
            "Minta ditandatangani lagi dengan PAdES.",
            name=one.name,
            kind=one.kind.strip("/") or "-",
        )
    return SignatureReport(one.name, "", None, None, Level.OTHER, False, Trusted.NOT_CHECKED, False, (fault,), (), box)
