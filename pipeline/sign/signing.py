"""Signs a PDF in a field that was prepared for it (PAdES B-B, B-T, B-LT), and proves the result before it counts.

pyHanko signs; three of its habits are changed: the document's own metadata stay as they are (it would rewrite them and
break PDF/A), the clock is the caller's, and proofs of validity go into the revision of the signature itself, so that
nothing stands behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from pipeline.errors import ProofError, SignatureError, TertibError, UsageError
from pipeline.model.message import joined, say
from pipeline.sign.certificates import Known, name_of, tops
from pipeline.sign.keys import Key
from pipeline.sign.reading import fields_of, reader_of, told_fields
from pipeline.sign.reports import Field, Level, SignatureReport, Trust
from pipeline.sign.stamp import Face, stamp_page
from pipeline.sign.tsa import bad_answer
from pipeline.sign.verify import verify_signatures

LEVELS = {"b-b": Level.B_B, "b-t": Level.B_T, "b-lt": Level.B_LT}
"""What ``--level`` may be."""
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Order:
    """How to sign. ``now`` (aware) is the time of signing, ``font`` a TrueType font for what is seen, None: a frame.

    ``timestamper`` is pyHanko's, None for none (B-B); ``tsa`` what people call it. ``roots`` are certificates that the
    office trusts (DER), ``crls`` revocation lists at hand (DER); with ``offline`` no others are fetched for B-LT.
    """

    key: Key
    level: Level
    now: dt.datetime
    timestamper: Any = None
    tsa: str = ""
    font: bytes | None = None
    roots: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed PDF, what our own verification says of the signature that was made, its field, and the free ones."""

    data: bytes
    report: SignatureReport
    place: Field
    left: tuple[Field, ...] = ()


def sign_pdf(data: bytes, order: Order, field: str = "") -> Signed:
    """``data`` signed in ``field`` ("": the only one that is not signed).

    Raises UsageError for what cannot be signed so, ProofError when the result does not verify.
    """
    place = chosen_field(data, field)
    _prove_earlier(data, order)
    try:
        made = _signed(data, order, place)
    except (TertibError, ImportError):
        raise
    except Exception as error:  # pyHanko, the network, a token: any kind; it is told, and nothing is handed out
        raise _refused(error, order) from error
    left = tuple(field for field in fields_of(made) if not field.signed)
    return Signed(made, _proved(made, order, place), place, left)


def chosen_field(data: bytes, wanted: str) -> Field:
    """The field to sign. Raises UsageError when there is none, or not one that is meant."""
    try:
        fields = fields_of(data)
    except SignatureError as error:
        raise UsageError(error.message) from error
    free = [field for field in fields if not field.signed]
    if wanted:
        return _named(wanted, fields, free)
    if len(free) == 1:
        return free[0]
    if free:
        raise UsageError(
            say(
                "Ada beberapa isian yang belum ditandatangani: {list}. Pilih satu dengan --field.",
                list=told_fields(free),
            )
        )
    if fields:
        raise UsageError(say("Semua isian tanda tangan di PDF ini sudah ditandatangani."))
    raise UsageError(
        say(
            "PDF ini tidak mempunyai isian tanda tangan. Isian hanya ada pada dokumen berstatus final yang "
            "penanda tangannya ditetapkan. Ubah menjadi status: final, lalu jalankan tertib build."
        )
    )


def _named(wanted: str, fields: tuple[Field, ...], free: list[Field]) -> Field:
    found = next((field for field in fields if field.name == wanted), None)
    if found is not None and not found.signed:
        return found
    if found is not None:
        raise UsageError(
            say("Isian {name} sudah ditandatangani; satu isian hanya untuk satu tanda tangan.", name=wanted)
        )
    if not free:
        raise UsageError(
            say("Isian {name} tidak ada, dan tidak ada isian lain yang belum ditandatangani.", name=wanted)
        )
    raise UsageError(
        say("Isian {name} tidak ada. Yang belum ditandatangani: {list}.", name=wanted, list=told_fields(free))
    )


def _prove_earlier(data: bytes, order: Order) -> None:
    """Whoever signs after others also signs what happened in between: that must be nothing."""
    try:
        reports = verify_signatures(data, Trust(now=order.now))
    except SignatureError as error:
        raise UsageError(error.message) from error
    for report in reports:
        if not (report.intact and report.whole):
            raise UsageError(
                say(
                    "Tanda tangan {signer} yang sudah ada di PDF ini tidak utuh lagi, jadi jangan ditambahi tanda "
                    "tangan. {why}",
                    signer=report.signer or report.field,
                    why=joined(" ", report.faults),
                )
            )


def _signed(data: bytes, order: Order, place: Field) -> bytes:
    from pyhanko.sign import fields, signers
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference

    long = order.level is Level.B_LT
    meta = signers.PdfSignatureMetadata(
        field_name=place.name,
        md_algorithm=_DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        validation_context=_context(order) if long else None,
        embed_validation_info=long,
        signer_key_usage=set(),  # pyHanko wants all that are named; one of two is enough, and that is proved by us
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    kinds = _kinds()
    stamp = _style(order, place)
    signer = kinds.signer(
        meta,
        signer=order.key.signer,
        timestamper=order.timestamper if order.level is not Level.B_B else None,
        stamp_style=stamp,
    )
    signer.now = order.now
    reader = reader_of(data)
    made = signer.sign_pdf(kinds.writer.from_reader(reader), existing_fields_only=True)
    return bytes(made.getbuffer())


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Classes of pyHanko with our changes; made when they are first needed, because importing them takes long."""

    signer: Any
    writer: Any
    page: Any


@cache
def _kinds() -> _Kinds:
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import PdfSigner

    class Signer(PdfSigner):
        """Signs at ``now``."""

        now: dt.datetime

        def init_signing_session(self, *args: Any, **more: Any) -> Any:
            """pyHanko's session, with our clock."""
            session = super().init_signing_session(*args, **more)
            session.system_time = self.now
            return session

    class Writer(IncrementalPdfFileWriter):
        """Leaves XMP and Info alone: what the document says of itself is not changed by signing it."""

        def _update_meta(self) -> None:
            pass

    class Page(ImportedPdfPage):
        """A page that is at hand as bytes, not as a file."""

        def render(self) -> bytes:
            """The operators that draw the page."""
            xobject = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.file_name)), page_ix=0)
            self.resources.xobject["/Stempel"] = xobject
            left, bottom, right, top = xobject.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Stempel Do"

    return _Kinds(Signer, Writer, Page)


def _style(order: Order, place: Field) -> Any:
    """What the signature looks like in its field; nothing where the field is not seen."""
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    if place.box is None:
        return None
    face = Face(order.key.name, order.key.position, order.now)
    # pyHanko cuts the box to whole points; viewers stretch it over the field again.
    page = stamp_page(face, int(place.box.width), int(place.box.height), order.font)
    layout = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MIN,
        margins=Margins(0, 0, 0, 0),
        inner_content_scaling=InnerScaling.NO_SCALING,
    )
    return StaticStampStyle(
        border_width=0, background=_kinds().page(page), background_layout=layout, background_opacity=1.0
    )


def _context(order: Order) -> Any:
    """Where proofs of validity for B-LT come from, and up to which certificates they are collected."""
    import asyncio

    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    key = order.key
    anchors = [x509.Certificate.load(root) for root in order.roots]
    anchors += tops(key.certificate, Known(key.chain))
    token = asyncio.run(order.timestamper.async_dummy_response(_DIGEST))
    given = [one.chosen for one in token["content"]["certificates"] if one.name == "certificate"]
    anchors += [top for one in given for top in tops(one, Known(tuple(given)))]
    return ValidationContext(
        trust_roots=anchors,
        other_certs=[*key.chain, *given],
        crls=order.crls,
        allow_fetching=not order.offline,
        moment=order.now if order.offline else None,
        revocation_mode="hard-fail",
    )


def _refused(error: Exception, order: Order) -> TertibError:
    """Why pyHanko would not sign."""
    from pyhanko.sign.timestamps import TimestampRequestError
    from pyhanko_certvalidator.errors import InsufficientRevinfoError, RevokedError

    for cause in _causes(error):
        if isinstance(cause, TimestampRequestError):
            return bad_answer(order.tsa)
        if isinstance(cause, RevokedError):
            return UsageError(
                say(
                    "Sertifikat {name} atau salah satu penerbitnya sudah dicabut, jadi tidak dapat dipakai. Minta "
                    "sertifikat baru kepada penerbitnya.",
                    name=order.key.name,
                )
            )
        if isinstance(cause, InsufficientRevinfoError):
            return UsageError(
                say(
                    "Untuk tingkat b-lt diperlukan daftar pencabutan dari penerbit sertifikat {name}, tetapi tidak "
                    "dapat diambil. Periksa jaringan, atau pakai --level b-t.",
                    name=order.key.name,
                )
            )
    return UsageError(
        say(
            "PDF ini tidak dapat ditandatangani ({why}). Periksa kunci, sertifikat, dan PDF-nya; tidak ada berkas yang "
            "ditulis.",
            why=str(error).splitlines()[0] if str(error) else type(error).__name__,
        )
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _proved(data: bytes, order: Order, place: Field) -> SignatureReport:
    """Our own verification of what was made. Raises ProofError."""
    trust = Trust(order.roots if order.key.is_own_issuer else (), now=order.now)
    try:
        reports = verify_signatures(data, trust)
    except SignatureError as error:
        raise ProofError(error.message) from error
    own = next((report for report in reports if report.field == place.name), None)
    faults = [fault for report in reports if not (report.intact and report.whole) for fault in report.faults]
    if own is None or not (own.holds and own.intact and own.whole) or faults:
        faults = faults or list(own.faults if own else ())
        raise ProofError(
            say(
                "Tanda tangan yang baru dibuat tidak lolos pemeriksaan, jadi tidak disimpan. {why}",
                why=joined(" ", faults),
            )
        )
    if own.level is not order.level:
        raise ProofError(
            say(
                "Tanda tangan {name} menjadi tingkat {got}, bukan {wanted}, jadi tidak disimpan. {why}",
                name=name_of(order.key.certificate),
                got=own.level.value,
                wanted=order.level.value,
                why=joined(" ", own.notes),
            )
        )
    return own
