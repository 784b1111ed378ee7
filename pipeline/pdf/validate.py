"""PDF/A and PDF/UA checked in this process by page-validation, a young validator that is told good from bad first.

Its word counts only after it has called two good files good and their bad copies bad, once a process; where it is
missing, fails that test, or is known to be wrong, nothing was checked, and that is what is told. Two levels
take some 12 ms a page of an SOP; other threads run meanwhile.

Known to be wrong (version 0.11, veraPDF passes the files): streams that end in a carriage return, whose length is held
against the file here; Type 1 subsets that LibreOffice makes of OpenType fonts with
PostScript outlines, and signed files with a later revision. If nothing else fails, veraPDF is asked where it is
installed, else the level counts as not checked. Short XMP and object streams trouble it, too: the finish step writes
neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import say, verbatim
from pipeline.model.particulars import Check, Particulars, Verdict

LEVELS: Final = {
    "1a": "PDF/A-1a",
    "1b": "PDF/A-1b",
    "2a": "PDF/A-2a",
    "2b": "PDF/A-2b",
    "2u": "PDF/A-2u",
    "3a": "PDF/A-3a",
    "3b": "PDF/A-3b",
    "3u": "PDF/A-3u",
    "ua1": "PDF/UA-1",
}
"""The claims that can be checked, and the names of their checks in reports."""
_MISTAKEN_FONTS: Final = re.compile(r"FONT-EMBEDDING|TYPE1-SUBSET-CHARSET|FONT-TYPE1-CHARSET")
_MISTAKEN_LENGTHS: Final = re.compile(r"STREAM-LENGTH")
_MISTAKEN_SIGNATURES: Final = re.compile(r"SIGNATURE-BYTERANGE|ANNOTATION-ANNOT-TAG|WIDGET-FORM-TAG")
_ADVICE: Final = (
    (
        re.compile(r"FONT-EMBEDDING|GLYPH"),
        say(
            "ada huruf yang tidak tertanam utuh. Pasang huruf yang diminta templat (tertib doctor), lalu jalankan lagi"
        ),
    ),
    (
        re.compile(r"FIGURE-ALTERNATIVE"),
        say("ada gambar tanpa teks alternatif. Isi teks alternatif semua gambar dan bentuk di templat"),
    ),
    (re.compile(r"TITLE"), say("judul dokumen tidak ada. Isi judul di data dokumen")),
    (re.compile(r"LANG"), say("bahasa dokumen tidak dinyatakan. Setel bahasa teks templat ke Indonesia")),
    (re.compile(r"LINK"), say("ada tautan tanpa penanda. Hapus tautan itu dari templat atau beri gaya Hyperlink")),
    (
        re.compile(r"TABLE|-T[RHD]-"),
        say("ada tabel yang baris atau selnya tidak teratur. Rapikan penggabungan sel di templat"),
    ),
    (
        re.compile(r"INTERPOLATE|DEVICE|ICC|IMAGE"),
        say("ada gambar dengan warna yang tidak dinyatakan. Ganti gambar itu dengan PNG atau JPEG biasa (RGB)"),
    ),
)
_OTHERWISE: Final = say("lihat pesan itu. Biasanya templat diubah; kembalikan bagian itu, atau laporkan pesan ini")


def validate(path: Path, name: str, claims: Collection[str]) -> tuple[Check, ...]:
    """Check that the PDF ``path``, told as ``name``, is what it ``claims`` (keys of LEVELS). Raises ProofError."""
    if not is_trusted():
        return tuple(Check(LEVELS[claim], Verdict.NOT_CHECKED) for claim in claims)
    return tuple(Check(LEVELS[claim], _verdict(path, name, claim)) for claim in claims)


@cache
def is_trusted() -> bool:
    """Is the validator here, and does it tell good from bad? Asked once a process; some 10 ms."""
    try:
        import page
    except ImportError:
        return False
    try:
        good = {claim: _sample() for claim in ("3a", "ua1")}
        bad = (("3a", _sample(part=2)), ("3a", _sample(colour=True)), ("ua1", _sample(alt="")))
        return all(_passes(data, claim) for claim, data in good.items()) and not any(
            _passes(data, claim) for claim, data in bad
        )
    except (page.PageError, AttributeError, TypeError, ValueError):
        # Another release may have another interface.
        return False


def _passes(data: bytes, claim: str) -> bool:
    import page

    return bool(page.validate_pdf_bytes(data, profile=claim).is_compliant)


def _verdict(path: Path, name: str, claim: str) -> Verdict:
    import page

    try:
        report = page.validate_pdf(path, profile=claim)
    except page.SafetyLimitError:
        return Verdict.NOT_CHECKED
    except page.PageError as error:
        raise ProofError(
            say(
                "{name}: PDF tidak dapat diperiksa karena rusak ({error}). Jalankan lagi; bila terulang, laporkan.",
                name=name,
                error=error,
            )
        ) from error
    if report.is_compliant:
        return Verdict.PASSED
    found = report.failures
    left = [failure for failure in found if not _is_right_length(path, failure)]
    if found and not left:
        return Verdict.PASSED
    failures = [failure for failure in left if not _is_mistaken(path, failure)]
    if failures or not found:
        raise _failed(name, claim, failures)
    return _second_opinion(path, name, claim)


def _failed(name: str, claim: str, failures: Sequence[Any]) -> ProofError:
    rule, told = (failures[0].rule_id, failures[0].message) if failures else ("-", "-")
    advice = next((text for pattern, text in _ADVICE if pattern.search(rule)), _OTHERWISE)
    return ProofError(
        say(
            "{name}: tidak memenuhi {level} ({count} aturan), misalnya {rule}: “{told}”. Artinya: {advice}.",
            name=name,
            level=LEVELS[claim],
            count=max(1, len(failures)),
            rule=rule,
            told=verbatim(told),
            advice=advice,
        )
    )


def _is_right_length(path: Path, failure: Any) -> bool:
    """Is this a stream whose last byte is a carriage return? It is taken for a part of the line end that follows.

    Any compressed stream ends so, one in 256. Its length can be read here, so the answer is as good as the validator's.
    """
    import pikepdf

    if not _MISTAKEN_LENGTHS.search(failure.rule_id) or failure.object_id is None:
        return False
    with pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap) as pdf:
        stream = pdf.get_object(failure.object_id.object_number, failure.object_id.generation)
        if not isinstance(stream, pikepdf.Stream):
            return False
        raw = stream.read_raw_bytes()
        # qpdf looks for "endstream" where the length says it is, and tells when it is not there.
        return raw.endswith(b"\r") and len(raw) == stream.get("/Length") and not pdf.get_warnings()


def _is_mistaken(path: Path, failure: Any) -> bool:
    """Is this a failure that the validator is known to find in good files?"""
    if _MISTAKEN_SIGNATURES.search(failure.rule_id):
        data = path.read_bytes()
        return data.count(b"%%EOF") > 1 and b"/ByteRange" in data
    if _MISTAKEN_FONTS.search(failure.rule_id) and failure.object_id is not None:
        return _is_type1(path, failure.object_id.object_number, failure.object_id.generation)
    return False


def _is_type1(path: Path, number: int, generation: int) -> bool:
    """Is the object a Type 1 font whose program is really there?"""
    import pikepdf

    with pikepdf.open(path) as pdf:
        font = pdf.get_object(number, generation)
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") != "/Type1":
            return False
        descriptor = font.get("/FontDescriptor")
        program = None if descriptor is None else descriptor.get("/FontFile")
        try:
            return isinstance(program, pikepdf.Stream) and program.read_bytes().startswith(b"%!")
        except pikepdf.PdfError:
            return False


def _second_opinion(path: Path, name: str, claim: str) -> Verdict:
    from pipeline.pdf.verapdf import ask

    opinion = ask(path, (claim,))
    if not opinion.asked:
        return Verdict.NOT_CHECKED
    if opinion.faults:
        raise ProofError(
            say(
                "{name}: tidak memenuhi {level} menurut veraPDF: {told}. Laporkan pesan ini.",
                name=name,
                level=LEVELS[claim],
                told=verbatim(opinion.faults[0].message.rstrip(".")),
            )
        )
    return Verdict.PASSED


def _sample(*, part: int = 3, colour: bool = False, alt: str = "Uji") -> bytes:
    """A page with one tagged figure that is PDF/A-3a and PDF/UA-1.

    It is not when it claims another ``part``, has a ``colour`` without a profile, or a figure without ``alt``.
    """
    import pikepdf
    from pikepdf import Dictionary, Name

    from pipeline.pdf.xmp import packet

    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        paint = b"1 0 0 rg " if colour else b""
        page.Contents = pdf.make_stream(paint + b"/Figure <</MCID 0>> BDC 20 20 50 50 re W n EMC")
        page.StructParents = 0
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=document, Pg=page.obj, K=0))
        figure.A = Dictionary(O=Name.Layout, BBox=[20, 20, 70, 70], Placement=Name.Block)
        if alt:
            figure.Alt = pikepdf.String(alt)
        root.K, document.K = document, figure
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=[0, pikepdf.Array([figure])]))
        root.ParentTreeNextKey = 1
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        pdf.Root.Lang, pdf.Root.ViewerPreferences = pikepdf.String("id-ID"), Dictionary(DisplayDocTitle=True)
        stream = pdf.make_stream(packet(Particulars("uji", "Uji"), part=part))
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = stream
        out = BytesIO()
        pdf.save(out, deterministic_id=True, force_version="1.7")
    return out.getvalue()
